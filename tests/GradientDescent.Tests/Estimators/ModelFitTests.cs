using GradientDescent.Tests.ModelFiles;

namespace GradientDescent.Tests.Estimators;

/// <summary>What all fits share: result, names, encoding, metrics, and the file.</summary>
public sealed class ModelFitTests : ModelFileFixture
{
    private static readonly FeatureEncoding _encoding = new([new NumericColumn("power", 0.5)]);

    private static readonly Dataset _data =
        Dataset.From([[1.0], [2], [3], [4]], [[0.0], [1], [0], [1]], targetNames: ["sold"]).WithEncoding(_encoding);

    public static TheoryData<ModelFit> Fits => new()
    {
        LinearRegression.Fit(_data),
        LinearRegression.FitAccurately(_data),
        LinearRegression.FitPolynomial(_data, 2),
        LogisticRegression.Fit(_data),
        SoftmaxRegression.Fit(_data),
        SoftmaxRegression.Fit(_data, ["no", "yes"]),
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void AnyFit_HasTheNamesOfItsDataAndTheEndOfItsRun(ModelFit fit)
    {
        fit.FeatureNames.Should().Equal("power");
        fit.TargetName.Should().Be("sold");
        fit.Encoding.Should().BeSameAs(_encoding);
        fit.Result.Reason.Should().Be(StopReason.Converged);
    }

    [Fact]
    public void AFitWithAModel_HasItsMetricsAndSavesIt()
    {
        Check(LinearRegression.Fit(_data), model => model.Evaluate(_data));
        Check(LinearRegression.FitAccurately(_data), model => model.Evaluate(_data));
        Check(LogisticRegression.Fit(_data), model => model.Evaluate(_data));
        Check(SoftmaxRegression.Fit(_data, ["no", "yes"]), model => model.Evaluate(_data));

        void Check<TModel, TMetrics>(ModelFit<TModel, TMetrics> fit, Func<TModel, TMetrics> evaluate) where TModel : LinearModel
        {
            fit.Metrics.Should().Be(evaluate(fit.Model));
            fit.Save(Path);
            ModelFile file = ModelFile.Load(Path);
            file.Model.Should().BeOfType<TModel>().Which.Parameters.Should().Equal(fit.Model.Parameters);
            file.FeatureNames.Should().Equal("power");
            file.TargetNames.Should().Equal("sold");
            file.Encoding.Columns.Should().ContainSingle().Which.Should().BeOfType<NumericColumn>().Which.Filling.Should().Be(0.5);
        }
    }

    [Fact]
    public void AClassifierFit_PredictsAsItsClassifier()
    {
        ClassifierFit<string> fit = SoftmaxRegression.Fit(_data, ["no", "yes"]);

        fit.Classifier.Model.Should().BeSameAs(fit.Model);
        fit.Labels.Should().Equal("no", "yes");
        fit.Predict(4).Should().Be(fit.Classifier.Predict(4));
        fit.PredictAll(_data).Should().Equal(fit.Classifier.PredictAll(_data));
        fit.PredictProbability(4).Should().Equal(fit.Classifier.PredictProbability(4));
        fit.Evaluate([[1], [4]], ["no", "yes"]).Should().Be(fit.Classifier.Evaluate([[1], [4]], ["no", "yes"]));
    }
}
