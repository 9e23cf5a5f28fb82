using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Trains a model on samples as they arrive: batch by batch, without an end.</summary>
/// <remarks>
/// Each batch is one step of the same loop as that of a <see cref="Trainer"/>: on the batches of a data set in their order, both have the
/// same bits. Before a batch is learned, its loss and its classes are measured at the current parameters (progressive validation). A batch
/// whose loss or gradient is not finite is left out.
/// <para>
/// With <see cref="FeatureScaling.Standardize"/> the means and standard deviations are those of all samples so far, this batch included.
/// When they change, the parameters are converted, so that the model stays the same function; the state of the optimizer is not converted.
/// Optimizers that need all samples or find their steps themselves are refused. An instance must not be used by several threads at a time.
/// </para>
/// </remarks>
/// <example><code>
/// var model = new LinearRegression();
/// var trainer = new OnlineTrainer(model, new SGD(0.05));
/// for (int hour = 0; hour &lt; 200; hour++)
/// {
///     Dataset batch = Dataset.From([[hour % 24.0], [hour * 7 % 24]], [2.0 * (hour % 24) + 1, 2.0 * (hour * 7 % 24) + 1]);
///     trainer.Learn(batch);
/// }
/// Console.WriteLine($"{model.Predict(10):F1}");   // 21.0
/// </code></example>
public sealed class OnlineTrainer
{
    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly IOptimizer _optimizer;
    private readonly OnlineOptions _options;
    private readonly RiskSettings _risks;
    private OnlineRun? _run;

    /// <summary>Creates a trainer.</summary>
    /// <param name="model">
    /// The model to train. If it is fitted, training starts at its parameters: a trained model goes on learning.
    /// </param>
    /// <param name="optimizer">
    /// The optimizer; <see langword="null"/>: <see cref="Adam"/>. The trainer uses a new one with its settings.
    /// </param>
    /// <param name="loss">The loss; <see langword="null"/>: squared error for regression, cross-entropy for classification.</param>
    /// <param name="options">The options; <see langword="null"/>: the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The optimizer needs all samples or has no rate, or the options do not fit together; the message names the option.
    /// </exception>
    public OnlineTrainer(IModel model, IOptimizer? optimizer = null, ILoss? loss = null, OnlineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _optimizer, _options) = (model, optimizer ?? new Adam(), options ?? new OnlineOptions());
        _loss = loss ?? FitProblem.DefaultLoss(model.Task);
        _risks = RiskSettings.Of(_options.ForLoop);
        if (!_optimizer.HasLearningRate || _optimizer is ISampleReader { ReadsOnlyItsBatch: false })
            throw Guard.Invalid(nameof(optimizer),
                $"The optimizer is {_optimizer.GetType().Name}, which needs all samples: use SGD, Adam or another one that takes batches.");
        if (_options is { Scaling: FeatureScaling.Standardize, Penalty: not null })
            throw Guard.Invalid(nameof(options),
                $"Scaling is Standardize and Penalty is {_options.Penalty}: the scales change, and with them the penalty; use None.");
        if (_options.Scaling == FeatureScaling.Standardize && !model.IsLinear)
            throw Guard.Invalid(nameof(options),
                $"Scaling is Standardize: the parameters of {model.GetType().Name} cannot be converted when the scales change; use None.");
        if (_options.Scaling == FeatureScaling.Standardize && IPointKeeper.IsIn(_optimizer))
            throw Guard.Invalid(nameof(options),
                $"Scaling is Standardize: {_optimizer.GetType().Name} keeps parameters of earlier steps, which cannot be converted when " +
                $"the scales change; use None.");
        if (_options.Schedule is IMetricSchedule)
            throw Guard.Invalid(nameof(options),
                $"Schedule is {_options.Schedule}, which needs the loss of an epoch: samples that arrive have no epochs.");
    }

    /// <summary>The number of batches that were learned.</summary>
    public long Batches => _run?.Batches ?? 0;

    /// <summary>The number of samples in these batches.</summary>
    public long Samples => _run?.Samples ?? 0;

    /// <summary>Measures a batch, and learns it by one step.</summary>
    /// <param name="batch">The samples: as many features as in the batches before, and sparse if these were.</param>
    /// <exception cref="ArgumentException">
    /// The batch does not fit the batches before, or a target is not valid for the loss; the message names the row. Nothing is changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The parameters are no longer finite after the step. The trainer keeps those before the step, and <see cref="Reset"/> or
    /// <see cref="Resume"/> goes on. The same is so after an exception of a loss or a transform of yours.
    /// </exception>
    public OnlineReport Learn(Dataset batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Collective is not null)
            throw Guard.Invalid(nameof(batch), $"The batch is sharded: an OnlineTrainer works in one process.");
        EmpiricalRisk risk = _risks.NewRisk(_model, _loss, batch, _options.Penalty); // checks the batch
        OnlineRun run = _run ?? NewRun(batch.FeatureCount, batch.IsSparse);
        run.RequireLike(batch);
        _run = run;
        OnlineReport report = run.Learn(batch, risk);
        if (_options.StoresEachBatch)
            Store();
        return report;
    }

    /// <summary>Learns batches until the sequence ends, and stores the parameters in the model.</summary>
    /// <param name="batches">The batches, such as those of a queue or of a database.</param>
    /// <param name="observe">Receives the report after each batch; <see langword="null"/>: nothing does.</param>
    /// <param name="cancellationToken">The token that ends the sequence after a batch; what was learned is stored.</param>
    /// <returns>The last report; <see langword="null"/> if there was no batch.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// var trainer = new OnlineTrainer(new LinearRegression(), new SGD(0.1));
    /// OnlineReport? last = await trainer.LearnAsync(Arriving());
    /// Console.WriteLine(last!.Samples);   // 6
    ///
    /// static async IAsyncEnumerable&lt;Dataset&gt; Arriving()
    /// {
    ///     for (int i = 0; i &lt; 3; i++)
    ///     {
    ///         await Task.Yield();   // or await a message
    ///         yield return Dataset.From([i, i + 1.0], [2.0 * i, 2.0 * i + 2]);
    ///     }
    /// }
    /// </code></example>
    public async Task<OnlineReport?> LearnAsync(
        IAsyncEnumerable<Dataset> batches, Action<OnlineReport>? observe = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        OnlineReport? last = null;
        try
        {
            await foreach (Dataset batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                last = Learn(batch);
                observe?.Invoke(last);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Store();
        }

        return last;
    }

    /// <summary>Stores the parameters learned so far in the model, in the units of the data. Does nothing before the first batch.</summary>
    public void Store()
    {
        _run?.StoreIn(_model, $"{_loss}");
    }

    /// <summary>
    /// Forgets everything but the parameters: the state of the optimizer, the position of the schedule, the scales and the measured losses.
    /// For data that has changed.
    /// </summary>
    public void Reset()
    {
        if (_run is not null)
            _run = new OnlineRun(_model, _optimizer, _options, _risks, _run.FeatureCount, _run.IsSparse, [.. _run.Parameters]);
    }

    /// <summary>Writes the whole state to a file: the parameters, the optimizer, the scales and the measured losses.</summary>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="InvalidOperationException">No batch was learned yet, or the last one failed.</exception>
    /// <exception cref="IOException">The file cannot be written; a file that existed is unchanged.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OnlineRun run = _run ?? throw new InvalidOperationException("There is nothing to save: no batch was learned yet.");
        run.RequireUsable();
        var snapshot = new Snapshot();
        Identity().Save(snapshot);
        run.Save(snapshot);
        CheckpointFile.Write(path, snapshot);
    }

    /// <summary>
    /// Continues from a file that <see cref="Save"/> of a trainer with the same model, loss and optimizer has written: the next batches
    /// make the same bits as without an interruption. The parameters are stored in the model.
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged or does not match the options; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The file belongs to another model, loss or optimizer; nothing is changed.</exception>
    /// <exception cref="IOException">The file cannot be read or does not exist.</exception>
    /// <example><code>
    /// Dataset first = Dataset.From([1.0, 2], [2.0, 4]), second = Dataset.From([3.0, 4], [6.0, 8]);
    /// var trainer = new OnlineTrainer(new LinearRegression(), new Adam(0.1));
    /// trainer.Learn(first);
    /// trainer.Save("stream.checkpoint");
    ///
    /// var later = new OnlineTrainer(new LinearRegression(), new Adam(0.1));   // in another process
    /// later.Resume("stream.checkpoint");
    /// Console.WriteLine(later.Learn(second).BatchLoss == trainer.Learn(second).BatchLoss);   // True
    /// </code></example>
    public void Resume(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            Snapshot snapshot = CheckpointFile.Read(path);
            Identity().Require(snapshot, path);
            int features = (int)snapshot.TakeCount("online.features", atMost: Array.MaxLength);
            bool isSparse = snapshot.TakeCount("online.sparse", atMost: 1) == 1;
            OnlineRun run = NewRun(Math.Max(features, 1), isSparse);
            run.Restore(snapshot);
            snapshot.RequireAllTaken();
            _run = run;
        }
        catch (CheckpointFormatException e)
        {
            throw new CheckpointFormatException($"'{Path.GetFileName(path)}' cannot be used: {e.Message}", e);
        }

        Store();
    }

    /// <summary>Returns the model, the optimizer and the numbers of batches and samples as text.</summary>
    public override string ToString() => Format.Text(
        $"{_model.GetType().Name} by {_optimizer}, {Batches} batches, {Samples} samples");

    private OnlineRun NewRun(int featureCount, bool isSparse)
    {
        int count = _model.Layout(featureCount).Count;
        double[] start = new double[count];
        ImmutableArray<double> given = !_options.Start.IsDefault ? _options.Start
            : _model is ParametricModel { IsFitted: true } fitted ? fitted.Parameters
            : default;
        if (given.IsDefault)
            _model.Initialize(start, _options.Seed);
        else if (given.Length == count)
            given.CopyTo(start);
        else
            throw Guard.Invalid("batch",
                $"The batch has {featureCount} features, for which the model has {count} parameters: it starts with {given.Length}.");
        return new OnlineRun(_model, _optimizer, _options, _risks, featureCount, isSparse, start);
    }

    private RunIdentity Identity()
    {
        var identity = new RunIdentity();
        identity.Add("kind", "online");
        identity.Add("model", _model is ParametricModel model ? model.Identity : _model.GetType().Name);
        identity.Add("loss", _loss.ToString() ?? "");
        identity.Add("optimizer", _optimizer.GetType().Name);
        identity.Add("penalty", _options.Penalty?.ToString() ?? "none");
        identity.Add("scaling", _options.Scaling?.ToString() ?? "default");
        identity.Add("drift", _options.Drift?.ToString() ?? "none");
        return identity;
    }
}
