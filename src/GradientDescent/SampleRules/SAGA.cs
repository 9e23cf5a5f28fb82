using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// SAGA: steps on batches whose error falls to 0 at the optimum, for linear models. It stores one number for each sample and output.
/// </summary>
/// <remarks>
/// <code>
/// Δ = Σ over the batch of (dᵢ − d̃ᵢ)xᵢ                dᵢ: the derivative of wᵢℓᵢ by the score at θ, d̃ᵢ: the stored one
/// θ ← prox_ηh(θ − η(c(nΔ/|B| + Σ d̃ᵢxᵢ) + ∇s(θ)))    c: the objective's scale over Σ wᵢ; s, h: the penalty's smooth and nonsmooth parts
/// d̃ᵢ ← dᵢ for the samples of the batch
/// </code>
/// Defazio, Bach and Lacoste-Julien, "SAGA: A Fast Incremental Gradient Method With Support for Non-Strongly Convex Composite Objectives",
/// 2014, Algorithm 1. The first step reads all samples. The sum Σ d̃ᵢxᵢ is kept, so a step costs the same for any number of samples.
/// <para>
/// Rates up to η = 1/(3L) converge for convex losses (the same paper, Theorem 1 and Corollary 1), where L is the largest curvature of a
/// sample's term: L = cn·max wᵢcᵢ‖xᵢ‖² + the penalty's curvature, with cᵢ the loss's <see cref="ILoss.MaxCurvature"/> and 1 in ‖xᵢ‖² for
/// an intercept. A heavy sample lowers the rate: it has more weight in each step, and is not drawn more often. Without a rate of yours, η
/// is this one times the schedule's factor.
/// </para>
/// <para>
/// The objective must be an <see cref="ILinearObjective"/>, such as a linear model's; inside <see cref="ParameterGroups"/> there is none.
/// The step does not use the gradient that the run computes, so clipping is refused. State: one number for each sample and output, and one
/// vector.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 30 };
/// TrainingResult result = new Trainer(new SAGA(), options).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);   // MaxEpochs
/// </code></example>
public sealed class SAGA : SampleOptimizer
{
    private readonly bool _findsRate;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">
    /// The rate η, finite and greater than 0; in units of parameter² per loss. <see langword="null"/>: 1/(3L), and
    /// <see cref="IOptimizer.LearningRate"/> is the factor 1 on it.
    /// </param>
    /// <param name="batchSize">The number of samples per step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The rate is not finite or not greater than 0, or the batch size is less than 1.
    /// </exception>
    public SAGA(double? learningRate = null, int batchSize = 1)
        : base(learningRate ?? 1, batchSize) => _findsRate = learningRate is null;

    private protected override FormattableString? Settings => _findsRate ? (FormattableString)$"times 1/(3L)" : null;

    private protected override int RequireTable(in UpdateContext context)
    {
        ILinearObjective rows = RequireRows(in context);
        if (_findsRate && StepCount == 0)
            LargestCurvature(rows, (ISampleEvaluator)context.Evaluator!, context.Parameters, isCheck: true);
        return checked(rows.SampleCount * rows.OutputCount);
    }

    private protected override SampleRule CreateRule(int length, int tableLength) => new Rule(length, tableLength, _findsRate);

    /// <summary>The largest curvature L of a sample's term.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    private static double LargestCurvature(
        ILinearObjective rows, ISampleEvaluator evaluator, ReadOnlySpan<double> parameters, bool isCheck = false)
    {
        PenaltyTerm? penalty = evaluator.Penalty;
        if (rows.LargestCurvature is not { } ofRows || penalty is { SmoothPart: not null, Curvatures.IsEmpty: true })
            throw new InvalidOperationException(
                $"{nameof(SAGA)} finds its rate from the curvature, and that of the loss or of the penalty is not bounded or not known: " +
                $"give it a learning rate.");
        if (isCheck)
            return 0;
        double ofPenalty = 0;
        foreach (double curvature in penalty is null ? [] : penalty.Curvatures)
            ofPenalty = Math.Max(ofPenalty, curvature);
        return rows.SampleCount * (rows.Scale / evaluator.TotalWeight(parameters)) * ofRows + ofPenalty;
    }

    private sealed class Rule : SampleRule
    {
        private readonly bool _findsRate;
        private readonly double[] _table;
        private readonly double[] _sum;
        private readonly double[] _change;
        private readonly double[] _step;
        private double[] _scores = [];
        private double[] _derivatives = [];
        private double[] _factors = [];
        private double _ownRate = double.NaN; // not known yet

        public Rule(int length, int tableLength, bool findsRate)
            : base(length, tableLength)
        {
            _findsRate = findsRate;
            (_table, _sum) = (State.Vector(TableName, tableLength), State.Vector("sum", length));
            (_change, _step) = (new double[length], new double[length]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Step(ref UpdateContext context, bool isFirst)
        {
            var rows = (ILinearObjective)context.Objective!;
            var evaluator = (ISampleEvaluator)context.Evaluator!;
            Span<double> parameters = context.Parameters;
            double weight = evaluator.TotalWeight(parameters);
            if (isFirst)
                FillTable(rows, parameters);
            if (double.IsNaN(_ownRate))
                _ownRate = _findsRate ? RateOf(LargestCurvature(rows, evaluator, parameters)) : 1;
            double rate = context.LearningRate * _ownRate, mean = weight == 0 ? 0 : evaluator.Direction * (rows.Scale / weight);

            SampleBatch batch = context.Batch;
            int outputs = rows.OutputCount;
            Span<double> factors = Evaluate(rows, parameters, in batch, outputs);
            _change.AsSpan().Clear();
            rows.AddRows(in batch, factors, _change);
            double ofBatch = mean * ((double)rows.SampleCount / batch.Count);
            for (int j = 0; j < _step.Length; j++)
                _step[j] = ofBatch * _change[j] + mean * _sum[j];
            context.AddPenaltyGradient(parameters, _step);
            Reductions.AddScaled<double>(parameters, -rate, _step);
            if (rate > 0)
                context.ProximalStep(parameters, rate);

            Reductions.AddScaled<double>(_sum, 1, _change);
            if (Store(in batch, factors, outputs))
                rows.AddRows(in batch, factors, _sum);
        }

        /// <summary>Stores the derivatives of all samples.</summary>
        private void FillTable(ILinearObjective rows, ReadOnlySpan<double> parameters)
        {
            SampleBatch all = SampleBatch.FromRange(0, rows.SampleCount);
            double[] scores = new double[_table.Length];
            rows.Scores(parameters, in all, scores);
            rows.Derivatives(scores, in all, _table);
            _sum.AsSpan().Clear();
            rows.AddRows(in all, _table, _sum);
        }

        /// <summary>Computes the derivatives of a batch; returns their differences from the stored ones.</summary>
        private Span<double> Evaluate(ILinearObjective rows, ReadOnlySpan<double> parameters, in SampleBatch batch, int outputs)
        {
            int count = batch.Count * outputs;
            if (_scores.Length < count)
                (_scores, _derivatives, _factors) = (new double[count], new double[count], new double[count]);
            Span<double> scores = _scores.AsSpan(0, count), derivatives = _derivatives.AsSpan(0, count);
            Span<double> factors = _factors.AsSpan(0, count);
            rows.Scores(parameters, in batch, scores);
            rows.Derivatives(scores, in batch, derivatives);
            for (int i = 0; i < batch.Count; i++)
            {
                int stored = batch[i] * outputs;
                for (int k = 0; k < outputs; k++)
                    factors[i * outputs + k] = derivatives[i * outputs + k] - _table[stored + k];
            }

            return factors;
        }

        /// <summary>
        /// Stores the derivatives of the batch. A batch drawn with replacement may have a sample twice, which the sum must contain once:
        /// then the factors become what is to be added to it, and the method returns <see langword="true"/>.
        /// </summary>
        private bool Store(in SampleBatch batch, Span<double> factors, int outputs)
        {
            bool repeats = false;
            for (int i = 0; i < batch.Count; i++)
            {
                int stored = batch[i] * outputs;
                for (int k = 0; k < outputs; k++)
                {
                    int place = i * outputs + k;
                    double difference = _derivatives[place] - _table[stored + k];
                    _table[stored + k] = _derivatives[place];
                    factors[place] = difference - factors[place]; // 0 the first time
                    repeats |= factors[place] != 0;
                }
            }

            return repeats;
        }

        private static double RateOf(double curvature) => curvature > 0 ? 1 / (3 * curvature) : 1;
    }
}
