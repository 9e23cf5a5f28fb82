using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The mean of log(1 + e^−m), m = (2y − 1)(x·w + b), with an optimal intercept b.</summary>
internal sealed class LogisticPathLoss : PathLoss
{
    private const double Decrease = 1e-4; // of Armijo's condition
    private const int MaxHalvings = 40;
    private const int MaxInterceptSteps = 50;
    private const double SmallestCurvature = 1e-10; // of a sample, so that residual/√curvature stays finite

    private readonly PathDesign _design;
    private readonly double[] _signs;
    private readonly double[] _residual;
    private readonly double[] _curvatures;
    private double[] _scores;
    private double? _intercept;

    public LogisticPathLoss(PathDesign design, bool intercept)
        : base(design.Columns.Length)
    {
        _design = design;
        int n = design.Targets.Length;
        _signs = Array.ConvertAll(design.Targets, target => 2 * target - 1);
        (_scores, _residual, _curvatures) = (new double[n], new double[n], new double[n]);
        _intercept = intercept ? 0 : null;
        CenterScores(_scores, ref _intercept);
        NullLoss = Loss = MeanLoss(_scores);
        Refresh();
    }

    public override double? Intercept => _intercept;

    /// <summary>The model with columns √h·(x − x̄), where x̄ is the mean with the curvatures h: so the intercept stays optimal.</summary>
    public override QuadraticModel ModelOf(int[] working)
    {
        double[] roots = Array.ConvertAll(_curvatures, Math.Sqrt);
        double total = Reductions.Sum(_curvatures);
        double[][] columns = [.. working.Select(j => Weighted(_design.Columns[j]))];
        return working.Length <= _residual.Length
            ? new GramModel(SmallGram.Of(columns), Array.ConvertAll(working, j => Slopes[j]))
            : new ResidualModel(columns, [.. _residual.Zip(roots, (residual, root) => residual / root)]);

        double[] Weighted(double[] column)
        {
            double center = _intercept is null ? 0 : Reductions.Dot<double, double>(_curvatures, column) / total;
            double[] weighted = new double[column.Length];
            for (int i = 0; i < weighted.Length; i++)
                weighted[i] = roots[i] * (column[i] - center);
            return weighted;
        }
    }

    /// <summary>Halves the step until the objective decreases as Armijo's condition asks.</summary>
    public override void MoveTo(int[] working, ReadOnlySpan<double> target, ElasticNet penalty)
    {
        double[] old = [.. working.Select(j => Weights[j])], direction = new double[_scores.Length];
        double slope = 0;
        for (int i = 0; i < working.Length; i++)
        {
            double step = target[i] - old[i];
            Reductions.AddScaled<double>(direction, step, _design.Columns[working[i]]);
            slope += penalty.Value(target[i]) - penalty.Value(old[i]) - Slopes[working[i]] * step;
        }

        double before = Loss + penalty.Value(old), rounding = 1e-15 * before;
        double length = 1;
        for (int halving = 0; halving < MaxHalvings; halving++, length /= 2)
        {
            double[] scores = [.. _scores];
            Reductions.AddScaled<double>(scores, length, direction);
            double? intercept = _intercept;
            CenterScores(scores, ref intercept);
            double[] weights = new double[working.Length];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = length == 1 ? target[i] : old[i] + length * (target[i] - old[i]);
            double loss = MeanLoss(scores);
            if (!(loss + penalty.Value(weights) <= before + Decrease * length * slope + rounding))
                continue;
            for (int i = 0; i < weights.Length; i++)
                Weights[working[i]] = weights[i];
            (_scores, _intercept, Loss) = (scores, intercept, loss);
            Refresh();
            return;
        }
    }

    /// <summary>
    /// The mean divergence of Bernoulli(s·e) from Bernoulli(e), where e = 1/(1 + e^m) is the probability of the wrong class.
    /// </summary>
    public override double ConjugateGap(double s)
    {
        if (s == 1)
            return 0;
        double sum = 0, logarithm = Elementary.Log(s);
        for (int i = 0; i < _scores.Length; i++)
        {
            double margin = _signs[i] * _scores[i], error = Elementary.Sigmoid(-margin);
            double right = Elementary.Of<LogarithmOfOnePlus>(-s * error) + Elementary.Of<Softplus>(-margin);
            sum += _design.Shares[i] * Math.Max(0, s * error * logarithm + (1 - s * error) * right);
        }

        return sum;
    }

    /// <summary>Adds the number to all scores that minimises the loss: Newton's method in one variable.</summary>
    private void CenterScores(double[] scores, ref double? intercept)
    {
        if (intercept is null)
            return;
        for (int step = 0; step < MaxInterceptSteps; step++)
        {
            double slope = 0, curvature = 0, magnitude = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double error = Elementary.Sigmoid(-_signs[i] * scores[i]), share = _design.Shares[i];
                slope += share * _signs[i] * error;
                magnitude += share * error;
                curvature += share * error * (1 - error);
            }

            if (Math.Abs(slope) <= 4e-16 * magnitude || curvature == 0)
                return;
            double change = Math.Clamp(slope / curvature, -2, 2);
            for (int i = 0; i < scores.Length; i++)
                scores[i] += change;
            intercept += change;
            if (Math.Abs(slope) <= 1e-10 * magnitude)
                return; // Newton's method squares the error
        }
    }

    private double MeanLoss(double[] scores)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
            sum += _design.Shares[i] * Elementary.Of<Softplus>(-_signs[i] * scores[i]);
        return sum;
    }

    private void Refresh()
    {
        for (int i = 0; i < _scores.Length; i++)
        {
            double error = Elementary.Sigmoid(-_signs[i] * _scores[i]), share = _design.Shares[i];
            _residual[i] = share * _signs[i] * error;
            _curvatures[i] = share * Math.Max(error * (1 - error), SmallestCurvature);
        }

        SetSlopes(_design.Columns, _residual);
    }
}
