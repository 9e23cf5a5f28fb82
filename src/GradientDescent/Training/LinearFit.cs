using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fitted linear regression with the run that found it.</summary>
public sealed class LinearFit
{
    private readonly ImmutableArray<string> _featureNames;
    private readonly string _targetName;

    internal LinearFit(LinearRegression model, TrainingResult result, Dataset data)
    {
        (Model, Result) = (model, result);
        (_featureNames, _targetName) = (data.FeatureNames, data.TargetNames[0]);
        Metrics = model.Evaluate(data);
    }

    /// <summary>The fitted model.</summary>
    public LinearRegression Model { get; }

    /// <summary>How the run ended.</summary>
    public TrainingResult Result { get; }

    /// <summary>Errors on the data of the fit.</summary>
    public RegressionMetrics Metrics { get; }

    /// <summary>The weights: one for each feature.</summary>
    public ImmutableArray<double> Weights => Model.Weights;

    /// <summary>The intercept.</summary>
    public double Intercept => Model.Intercept;

    /// <inheritdoc cref="LinearRegression.Predict(ReadOnlySpan{double})"/>
    public double Predict(params ReadOnlySpan<double> row) => Model.Predict(row);

    /// <inheritdoc cref="LinearRegression.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<double> PredictAll(IEnumerable<double[]> rows) => Model.PredictAll(rows);

    /// <summary>The equation and the errors; if the run did not converge, that comes first.</summary>
    public override string ToString()
    {
        string warning = Result.Reason == StopReason.Converged ? "" : $"Not converged. {Result}\n";
        string terms = string.Concat(Weights.Select((weight, j) => $"{Signed(weight)}·{_featureNames[j]}"));
        return $"{warning}{_targetName} = {Guard.Text($"{Intercept:G6}")}{terms} ({Metrics})";
    }

    private static string Signed(double weight) => double.IsNegative(weight) ? Guard.Text($" − {-weight:G6}") : Guard.Text($" + {weight:G6}");
}
