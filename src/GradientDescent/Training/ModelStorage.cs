namespace GradientDescent;

/// <summary>Writing fitted models, called as <c>model.Save("pay.json", data)</c>. They are read by <c>LinearRegression.Load</c> and its kin, or by <see cref="ModelFile.Read(string)"/>.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();
/// new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 100 }).Fit(model, data);
/// model.Save("progression.json", data);
/// Console.WriteLine(LinearRegression.Load("progression.json").Weights.SequenceEqual(model.Weights));   // True
/// </code></example>
public static class ModelStorage
{
    /// <summary>Writes a fitted model; see <see cref="ModelFile"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="data">What the model was fitted to: gives the columns their names. None means x1, x2, … and y.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data has other columns than the model.</exception>
    public static void Save(this LinearModel model, string path, Dataset? data = null) => Contents(model, data).Write(path);

    /// <summary>Writes a fitted model to a stream.</summary>
    /// <inheritdoc cref="Save(LinearModel, string, Dataset)"/>
    /// <param name="model">The model.</param>
    /// <param name="stream">Written to; left open.</param>
    /// <param name="data">What the model was fitted to: gives the columns their names. None means x1, x2, … and y.</param>
    public static void Save(this LinearModel model, Stream stream, Dataset? data = null) => Contents(model, data).Write(stream);

    /// <summary>Writes the model of a least-squares fit; see <see cref="ModelFile"/>.</summary>
    /// <inheritdoc cref="Save(LinearModel, string, Dataset)"/>
    /// <param name="fit">The fit.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="data">What was fitted: gives the columns their names. None means x1, x2, … and y.</param>
    public static void Save(this LinearFit fit, string path, Dataset? data = null) => Contents(fit, data).Write(path);

    /// <summary>Writes the model of a least-squares fit to a stream.</summary>
    /// <inheritdoc cref="Save(LinearModel, string, Dataset)"/>
    /// <param name="fit">The fit.</param>
    /// <param name="stream">Written to; left open.</param>
    /// <param name="data">What was fitted: gives the columns their names. None means x1, x2, … and y.</param>
    public static void Save(this LinearFit fit, Stream stream, Dataset? data = null) => Contents(fit, data).Write(stream);

    private static ModelFile Contents(LinearModel model, Dataset? data, string? loss = null, string? scaling = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return data is null ? new ModelFile(model) { Loss = loss, Scaling = scaling } : new ModelFile(model, data) { Loss = loss, Scaling = scaling };
    }

    private static ModelFile Contents(LinearFit fit, Dataset? data)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Contents(fit.Model, data, nameof(MeanSquaredError), nameof(FeatureScaling.Decorrelate));
    }
}
