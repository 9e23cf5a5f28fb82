using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Normalised adaptive gradient (NAG): online steps of a linear model that do not depend on the scales of its features, so data need no
/// preparation. The rule of Vowpal Wabbit.
/// </summary>
/// <remarks>
/// For a sample with the row x, the weight h and the loss ℓ(p) of its score p = θᵀx:
/// <code>
/// where |xⱼ| > sⱼ: θⱼ ← θⱼ sⱼ/|xⱼ|, sⱼ ← |xⱼ|     a start with sⱼ = 0 keeps θⱼ
/// N ← N + h Σ xⱼ²/sⱼ²,   t ← t + h
/// Gⱼ ← Gⱼ + h (ℓ′(p) xⱼ)²
/// θⱼ ← θⱼ − η √(t/N) I xⱼ/(sⱼ √Gⱼ)               I = ∫ ℓ′ dτ over τ from 0 to h, while p moves with the step
/// </code>
/// Ross, Mineiro and Langford, "Normalized Online Learning", 2013, Algorithm 2. Without <c>importanceInvariant</c>, and with h = 1, these
/// are its steps: I is hℓ′(p), with the derivative before the step. With it, which is the default, I is the integral of Karampatziakis and
/// Langford, "Online Importance Weight Aware Updates", 2011, eq. (5): with s, G and N held, weights h₁ and then h₂ make the same step as
/// h₁ + h₂, and no step passes the minimum of its sample's loss. It is a closed form for squared errors and logistic losses, and
/// computed to about 13 digits for any other loss. A model of several
/// outputs has s, N and t in common and a G for each parameter; the intercept is a feature of 1.
/// <para>
/// The rows of a batch are applied one after another, in the order of the batch, each at the parameters that the one before has left; so a
/// batch saves no steps, and one sample is the default. A row of weight 0 is left out. The gradient that the run computes is not used:
/// clipping and penalties are refused. The objective must be an <see cref="ILinearObjective"/>; inside <see cref="ParameterGroups"/> there
/// is none. A trainer scales features by itself; with <see cref="FeatureScaling.None"/> the rule does. State: s and G.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 30, Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// var trainer = new Trainer(new NormalizedAdaptiveGradient(), options);
/// TrainingResult result = trainer.Fit(new LinearRegression(), data, options: new() { Scaling = FeatureScaling.None });
/// Console.WriteLine(result.Reason);   // MaxEpochs
/// </code></example>
public sealed class NormalizedAdaptiveGradient : SampleOptimizer
{
    private readonly bool _importanceInvariant;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in units of the score.</param>
    /// <param name="batchSize">The number of samples that are applied per step, at least 1.</param>
    /// <param name="importanceInvariant">Whether the derivative changes with the score during a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The rate is not finite or not greater than 0, or the batch size is less than 1.
    /// </exception>
    public NormalizedAdaptiveGradient(double learningRate = 0.5, int batchSize = 1, bool importanceInvariant = true)
        : base(learningRate, batchSize) => _importanceInvariant = importanceInvariant;

    internal override bool ReadsOnlyItsBatch => true;

    private protected override FormattableString? Settings => $"importanceInvariant {(_importanceInvariant ? "true" : "false")}";

    private protected override int RequireTable(in UpdateContext context)
    {
        RequireRows(in context);
        if (((ISampleEvaluator)context.Evaluator!).Penalty is not null)
            throw new NotSupportedException(
                $"{nameof(NormalizedAdaptiveGradient)} has no form with a penalty, which would depend on the scales of the features: " +
                $"leave it out.");
        return 0;
    }

    private protected override SampleRule CreateRule(int length, int tableLength) =>
        new Rule(length, [.. FrozenBlocks], _importanceInvariant);

    private sealed class Rule : SampleRule
    {
        private readonly ParameterBlock[] _frozen;
        private readonly bool _importanceInvariant;
        private readonly double[] _scale;
        private readonly double[] _squares;
        private readonly StrongBox<double> _norm;
        private readonly StrongBox<double> _weight;
        private readonly SparseGradient _row;
        private readonly double[] _direction;
        private double[] _work = [];
        private double[] _ones = [];
        private double[] _scores = [];
        private double[] _derivatives = [];
        private double[] _integral = [];
        private ScoreFlow? _flow;

        public Rule(int length, ParameterBlock[] frozen, bool importanceInvariant)
            : base(length, tableLength: 0)
        {
            (_frozen, _importanceInvariant) = (frozen, importanceInvariant);
            (_scale, _squares) = (State.Vector("scale", length), State.Vector("squares", length));
            (_norm, _weight) = (State.Scalar("normSum"), State.Scalar("weightSum"));
            (_row, _direction) = (new SparseGradient(length), new double[length]);
        }

        public override void Step(ref UpdateContext context, bool isFirst)
        {
            var rows = (ILinearObjective)context.Objective!;
            double direction = ((ISampleEvaluator)context.Evaluator!).Direction;
            if (_flow is null)
            {
                int outputs = rows.OutputCount;
                (_ones, _scores, _derivatives, _integral) =
                    (new double[outputs], new double[outputs], new double[outputs], new double[outputs]);
                _ones.AsSpan().Fill(1);
                _flow = new ScoreFlow(outputs);
            }

            SampleBatch batch = context.Batch;
            for (int i = 0; i < batch.Count; i++)
            {
                SampleBatch sample = batch.Slice(i, 1);
                Apply(rows, _flow, in sample, direction, context.Parameters, context.LearningRate);
            }
        }

        public override void Check()
        {
            State.RequireNotNegative("normSum");
            State.RequireNotNegative("weightSum");
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Apply(ILinearObjective rows, ScoreFlow flow, in SampleBatch sample, double direction, Span<double> parameters,
            double learningRate)
        {
            // The weight first: a row of weight 0 must change nothing, not even s.
            rows.Scores(parameters, in sample, _scores);
            double weight = rows.Derivatives(_scores, in sample, _derivatives).Weight;
            if (!(weight > 0))
                return;

            ReadRow(rows, in sample);
            ReadOnlySpan<int> indices = _row.Indices;
            ReadOnlySpan<double> row = _row.Values;
            double norm = 0;
            bool isScaled = false;
            for (int i = 0; i < row.Length; i++)
            {
                int j = indices[i];
                double size = Math.Abs(row[i]);
                if (size > _scale[j])
                {
                    if (_scale[j] > 0)
                        (parameters[j], isScaled) = (parameters[j] * (_scale[j] / size), true);
                    _scale[j] = size;
                }

                if (size > 0)
                    norm += size / _scale[j] * (size / _scale[j]);
            }

            if (isScaled)
            {
                rows.Scores(parameters, in sample, _scores);
                rows.Derivatives(_scores, in sample, _derivatives);
            }

            _norm.Value += weight * (norm / _scores.Length);
            _weight.Value += weight;
            double unit = direction / weight, rate = _norm.Value > 0 ? learningRate * Math.Sqrt(_weight.Value / _norm.Value) : 0;
            Reductions.Multiply(_derivatives, unit);
            Span<double> work = ReadMultiple(rows, in sample, _derivatives);
            for (int i = 0; i < work.Length; i++)
                _squares[indices[i]] += weight * (work[i] * work[i]);

            if (_importanceInvariant)
            {
                // The scores of the direction say how fast the scores of the parameters change.
                for (int i = 0; i < row.Length; i++)
                    _direction[indices[i]] = Factor(indices[i], rate) * row[i];
                double slope = _derivatives[0];
                rows.Scores(_direction, in sample, _derivatives);
                if (direction > 0 && DescentOf(rows, sample[0], _scores[0], _derivatives[0] * weight) is var fall && !double.IsNaN(fall))
                    _integral[0] = _derivatives[0] > 0 ? fall / _derivatives[0] : weight * slope;
                else
                    flow.Integrate(rows, in sample, unit, _scores, _derivatives, weight, _integral);
            }
            else
            {
                for (int k = 0; k < _integral.Length; k++)
                    _integral[k] = weight * _derivatives[k];
            }

            work = ReadMultiple(rows, in sample, _integral);
            for (int i = 0; i < work.Length; i++)
                parameters[indices[i]] -= Factor(indices[i], rate) * work[i];
        }

        private static double DescentOf(ILinearObjective rows, int sample, double score, double time) =>
            rows is IScoreDescent known ? known.Descent(sample, score, time) : double.NaN;

        private double Factor(int j, double rate) => _squares[j] > 0 ? rate / (_scale[j] * Math.Sqrt(_squares[j])) : 0;

        /// <summary>Reads the row of a sample with the parameters that it belongs to: all of them, or those of its support.</summary>
        private void ReadRow(ILinearObjective rows, in SampleBatch sample)
        {
            if (rows is ISparseRows { IsSparse: true } sparse && _frozen.Length == 0)
            {
                _row.Clear();
                sparse.AddSupport(in sample, _row);
            }
            else if (_row.Count == 0)
            {
                Span<int> all = _row.Replace(Length);
                for (int j = 0; j < all.Length; j++)
                    all[j] = j;
            }

            if (_work.Length < _row.Count)
                _work = new double[_row.Count];
            ReadMultiple(rows, in sample, _ones).CopyTo(_row.Values);
        }

        /// <summary>Returns the row times the factors of its outputs; 0 for frozen parameters.</summary>
        private Span<double> ReadMultiple(ILinearObjective rows, in SampleBatch sample, ReadOnlySpan<double> factors)
        {
            Span<double> work = _work.AsSpan(0, _row.Count);
            if (rows is ISparseRows { IsSparse: true } sparse && _frozen.Length == 0)
            {
                sparse.WriteRow(sample[0], factors, work);
                return work;
            }

            work.Clear();
            rows.AddRows(in sample, factors, work);
            foreach (ParameterBlock block in _frozen)
                block.Of(work).Clear();
            return work;
        }
    }
}
