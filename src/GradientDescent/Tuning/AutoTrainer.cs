using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Fits a model without settings: finds a rule, a rate and a schedule.</summary>
/// <remarks>
/// <list type="number">
/// <item><see cref="LBFGS"/>, which needs no rate, gets E epochs on full batches. If the model is linear, it has converged and there is no
/// validation data, its loss is the smallest possible one, and the search ends. (The losses of linear models are taken as convex.)</item>
/// <item>Otherwise <see cref="LearningRateRange"/> finds the rates of <see cref="Momentum"/>, <see cref="Adam"/> and <see cref="AdaGrad"/>
/// on mini-batches. Three rates of each on a geometric scale, up to the largest at which the loss still fell, at a constant rate and with
/// <see cref="CosineDecay"/>, are 18 candidates.</item>
/// <item><see cref="SuccessiveHalving"/> trains them; its winner has E epochs too.</item>
/// <item>The better of that winner and L-BFGS is chosen: by the validation loss if <see cref="FitOptions.Validation"/> is set, otherwise by
/// the loss over all samples.</item>
/// </list>
/// Features are scaled as in every fit: see <see cref="FitOptions.Scaling"/>. Same arguments, same bits.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();
/// AutoFit fit = AutoTrainer.Fit(model, data);
/// Console.WriteLine($"{fit.Chosen}: {fit.Result.Loss:F1}");   // LBFGS, batches full: 2859.7
/// Console.WriteLine(fit.Reason);   // L-BFGS converged on a convex problem: no other rule can have a smaller loss.
/// </code></example>
public static class AutoTrainer
{
    // From the largest rate at which the loss still fell down to the suggested one, but at least two factors of three.
    private const double LeastSpread = 9;
    private const double UnknownSpread = 10;

    private static readonly Func<double?, IOptimizer>[] _rules =
    [
        rate => rate is { } set ? new Momentum(set) : new Momentum(),
        rate => rate is { } set ? new Adam(set) : new Adam(),
        rate => rate is { } set ? new AdaGrad(set) : new AdaGrad(),
    ];

    /// <summary>Fits the model to data, stores the best parameters in it, and returns everything that was tried.</summary>
    /// <param name="model">The model to fit. All runs start at its initial parameters.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; <see langword="null"/> for the squared error or the cross-entropy.</param>
    /// <param name="fitOptions">The validation, penalty, scaling and start; <see langword="null"/> for the defaults.</param>
    /// <param name="options">The epochs E, the factor of the halving and the seed; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">A token that ends the search; the model is then unchanged.</param>
    /// <exception cref="ArgumentException">
    /// The model, loss, data and options do not match, or <see cref="FitOptions.RateFromCurvature"/> is set.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AutoFit Fit(
        IModel model,
        Dataset data,
        ILoss? loss = null,
        FitOptions? fitOptions = null,
        HalvingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        CandidateRun solver = RunOf(new(new LBFGS()));
        TrainingResult solved = solver.Complete();
        cancellationToken.ThrowIfCancellationRequested();
        if (model.IsLinear && fitOptions?.Validation is null && solved.Reason == StopReason.Converged)
        {
            solver.Store();
            return new(solver, solved, [], [], "L-BFGS converged on a convex problem: no other rule can have a smaller loss.",
                solved.Epochs);
        }

        LearningRateRange[] ranges = ParallelFits.Run(
            data, _rules.Length, new SelectionOptions { MaxParallelFits = options.MaxParallelFits },
            k => LearningRateRange.Run(
                _rules[k](null), model, data, loss, fitOptions, new RateRangeOptions { Seed = options.Seed }, cancellationToken),
            cancellationToken);
        CandidateRun[] runs = [.. Candidates(ranges).Select(RunOf)];
        (ImmutableArray<HalvingRound> rounds, CandidateRun? winner) = SuccessiveHalving.Rounds(data, runs, options, cancellationToken);
        CandidateRun chosen = winner is not null && !(solver.Rank <= winner.Rank) ? winner : solver;
        chosen.Store();
        double spent = solved.Epochs + runs.Sum(run => (double)run.Result.Epochs)
            + ranges.Zip(_rules).Sum(test => (double)test.First.Rates.Length * test.Second(null).Batching.Size!.Value / data.SampleCount);
        return new(chosen, solved, [.. ranges], rounds, ReasonOf(chosen, solver, winner, options.Epochs), spent);

        CandidateRun RunOf(TrainingCandidate candidate) =>
            new(candidate, model, data, loss, fitOptions, options.Epochs, options.Seed, cancellationToken);
    }

    private static IEnumerable<TrainingCandidate> Candidates(LearningRateRange[] ranges) =>
        from k in Enumerable.Range(0, _rules.Length)
        from rate in RatesOf(ranges[k], _rules[k](null).LearningRate)
        from schedule in (ISchedule[])[new CosineDecay(Horizon.Fraction(1)), new ConstantSchedule()]
        select new TrainingCandidate(_rules[k](rate)) { Schedule = schedule };

    private static double[] RatesOf(LearningRateRange range, double byDefault)
    {
        double high = range.Largest ?? byDefault * UnknownSpread;
        double low = range.Suggested is { } suggested ? Math.Min(suggested, high / LeastSpread) : byDefault / UnknownSpread;
        return [low, Math.Sqrt(low * high), high];
    }

    private static string ReasonOf(CandidateRun chosen, CandidateRun solver, CandidateRun? winner, int epochs)
    {
        string better = winner is null ? "All other candidates diverged."
            : chosen == solver
                ? Format.Text($"L-BFGS has {solver.Rank:G6}, the best of the others, {winner.Candidate}, {winner.Rank:G6}.")
                : Format.Text($"It has {winner.Rank:G6}, the best of the halving; L-BFGS has {solver.Rank:G6}.");
        TrainingResult result = chosen.Result;
        return result.Reason == StopReason.Converged ? better
            : Format.Text($"{better} The {Format.Count(epochs, "epoch")} ended before convergence: the gradient norm is " +
                $"{result.GradientNorm:G3}, and with more epochs the loss may be lower.");
    }
}
