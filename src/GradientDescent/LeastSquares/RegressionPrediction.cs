namespace GradientDescent;

/// <summary>A prediction of a linear regression with its uncertainty.</summary>
/// <remarks>
/// With the standard error s of the mean, the residual standard deviation σ and the quantile q of Student's distribution, the true mean at
/// these features is in ŷ ± q·s, and a new sample of weight 1 in ŷ ± q·√(s² + σ²), each with the chosen probability, if the model is right
/// and the errors are normal. Draper and Smith, "Applied Regression Analysis", 3rd ed., 1998, sections 3.1 and 8.1.
/// </remarks>
public sealed class RegressionPrediction
{
    internal RegressionPrediction(double value, double standardError, double residualDeviation, double quantile)
    {
        double reach = quantile * standardError;
        double total = quantile * double.Hypot(standardError, residualDeviation);
        (Value, StandardError) = (value, standardError);
        ConfidenceInterval = (value - reach, value + reach);
        PredictionInterval = (value - total, value + total);
    }

    /// <summary>A prediction of a fit that has no standard errors.</summary>
    internal static RegressionPrediction WithoutErrors(double value) => new(value, double.NaN, double.NaN, double.NaN);

    /// <summary>The prediction ŷ, the estimated mean of the target at these features.</summary>
    public double Value { get; }

    /// <summary>The standard error of <see cref="Value"/>, in the target's units; NaN if the fit has no standard errors.</summary>
    public double StandardError { get; }

    /// <summary>The interval of the mean of the target at these features; NaN if the fit has no standard errors.</summary>
    public (double Lower, double Upper) ConfidenceInterval { get; }

    /// <summary>The interval of a new sample of weight 1 at these features; NaN if the fit has no standard errors.</summary>
    public (double Lower, double Upper) PredictionInterval { get; }

    /// <summary>Returns the prediction and the interval of a new sample.</summary>
    public override string ToString() =>
        Format.Text($"{Value:G6}, a new sample from {PredictionInterval.Lower:G6} to {PredictionInterval.Upper:G6}");
}
