using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The influence of each sample on a linear regression, one number for each sample of the data.</summary>
/// <remarks>
/// In the formulas, w, r and h are the weight, the residual and the leverage of a sample, p is the number of coefficients that the data
/// determines, and σ is the residual standard deviation. A sample of weight 0 has no influence: its numbers are 0, and NaN where there is
/// a quotient. Belsley, Kuh and Welsch, "Regression Diagnostics", 1980, chapter 2; Cook, "Detection of influential observation in linear
/// regression", 1977.
/// </remarks>
public sealed class RegressionInfluence
{
    /// <summary>A smaller 1 − h is only rounding error: leverages have about as many correct digits as standard errors.</summary>
    private const double MinRest = 1e-10;

    private RegressionInfluence()
    {
    }

    /// <summary>
    /// The leverages h = w·aᵀ(AᵀWA)⁻¹a of the rows a of features (and 1 for the intercept), from 0 to 1; their sum is p. Above about 2p/n,
    /// the features of a sample are unusual.
    /// </summary>
    public required ImmutableArray<double> Leverages { get; init; }

    /// <summary>
    /// The standardized residuals √w·r/(σ√(1 − h)), of variance 1; also called internally studentized. NaN if h is 1.
    /// </summary>
    public required ImmutableArray<double> StandardizedResiduals { get; init; }

    /// <summary>
    /// The studentized residuals, with the σ of a fit without the sample; also called externally studentized. If the errors are normal,
    /// they have Student's distribution with one degree of freedom less than the fit. NaN if h is 1 or no degree of freedom is left.
    /// </summary>
    public required ImmutableArray<double> StudentizedResiduals { get; init; }

    /// <summary>
    /// Cook's distances: the change of all predictions if the sample is left out, s²·h/(p(1 − h)) with the standardized residual s. Above
    /// about 1, or far above the others, a sample determines the fit. NaN if h is 1.
    /// </summary>
    public required ImmutableArray<double> CooksDistances { get; init; }

    /// <summary>Returns the sample with the largest of Cook's distances.</summary>
    public override string ToString()
    {
        int largest = 0;
        for (int i = 1; i < CooksDistances.Length; i++)
        {
            if (!(CooksDistances[largest] >= CooksDistances[i]))
                largest = i;
        }

        return Format.Text($"largest Cook's distance {CooksDistances[largest]:G4}, of sample {largest}; ")
            + Format.Text($"largest leverage {Leverages.Max():G4}");
    }

    /// <param name="design">The design of the data.</param>
    /// <param name="coefficients">The least-squares solution.</param>
    /// <param name="variance">The variance of a row of weight 1, in the units of the design.</param>
    /// <param name="freedom">The degrees of freedom.</param>
    internal static RegressionInfluence Of(LeastSquaresDesign design, DoubleDouble[] coefficients, double variance, int freedom)
    {
        int rank = design.Problem.Rank;
        (double[] residuals, double[] rowLeverages) = design.Problem.ResidualsAndLeverages(coefficients);
        double[] leverages = new double[design.SampleCount], cooks = new double[design.SampleCount];
        double[] standardized = Unknown(), studentized = Unknown();
        foreach ((int row, int sample) in design.Samples.Index())
        {
            double leverage = leverages[sample] = Math.Min(1, rowLeverages[row]), rest = 1 - leverage;
            double scaled = design.Problem.RootOfWeight(row) * residuals[row] / Math.Sqrt(rest * variance);
            if (rest < MinRest)
                scaled = double.NaN; // the sample determines a coefficient alone
            double square = scaled * scaled;
            standardized[sample] = scaled;
            if (freedom > 1)
                studentized[sample] = scaled * Math.Sqrt((freedom - 1) / Math.Max(0, freedom - square));
            cooks[sample] = square * leverage / (rank * rest);
        }

        return new()
        {
            Leverages = [.. leverages],
            StandardizedResiduals = [.. standardized],
            StudentizedResiduals = [.. studentized],
            CooksDistances = [.. cooks],
        };

        double[] Unknown()
        {
            double[] numbers = new double[design.SampleCount];
            Array.Fill(numbers, double.NaN);
            return numbers;
        }
    }
}
