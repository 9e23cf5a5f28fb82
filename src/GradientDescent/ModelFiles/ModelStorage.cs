namespace GradientDescent;

/// <summary>
/// Writes fitted models to files: <c>model.Save("pay.json", data)</c>. The <c>Load</c> methods of the model classes and
/// <see cref="ModelFile.Load(string)"/> read them.
/// </summary>
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
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <param name="data">
    /// The data that the model was fitted to. Names and encoding of the columns are taken from it. <see langword="null"/>: the names are
    /// x1, x2, … and y.
    /// </param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not have the columns of the model, or two columns have the same name.</exception>
    public static void Save(this ParametricModel model, string path, Dataset? data = null) => FileOf(model, data).Save(path);

    /// <summary>Writes a fitted model to a stream.</summary>
    /// <inheritdoc cref="Save(ParametricModel, string, Dataset)"/>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream to write to. It is left open.</param>
    /// <param name="data">
    /// The data that the model was fitted to. Names and encoding of the columns are taken from it. <see langword="null"/>: the names are
    /// x1, x2, … and y.
    /// </param>
    public static void Save(this ParametricModel model, Stream stream, Dataset? data = null) => FileOf(model, data).Save(stream);

    /// <summary>Writes a fitted logistic regression with the labels of its classes; see <see cref="ModelFile.Labels"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <param name="data">The data that the model was fitted to. Names and encoding of the columns are taken from it.</param>
    /// <param name="labels">Two different labels: that of class 0 and that of class 1, whose probability the model gives.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">
    /// There are not two different labels, the data does not have the columns of the model, or two columns have the same name.
    /// </exception>
    public static void Save(this LogisticRegression model, string path, Dataset data, IReadOnlyList<string> labels) =>
        FileOf(model, data, labels).Save(path);

    /// <inheritdoc cref="Save(LogisticRegression, string, Dataset, IReadOnlyList{string})"/>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream to write to; left open.</param>
    /// <param name="data">The data that the model was fitted to. Names and encoding of the columns are taken from it.</param>
    /// <param name="labels">Two different labels: that of class 0 and that of class 1, whose probability the model gives.</param>
    public static void Save(this LogisticRegression model, Stream stream, Dataset data, IReadOnlyList<string> labels) =>
        FileOf(model, data, labels).Save(stream);

    /// <summary>Writes a fitted network with the labels of its classes; see <see cref="ModelFile.Labels"/>.</summary>
    /// <param name="model">The network, a classifier.</param>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <param name="data">The data that the network was fitted to. Names and encoding of the columns are taken from it.</param>
    /// <param name="labels">A different label for each class, from class 0 on.</param>
    /// <exception cref="InvalidOperationException">The network has not been fitted.</exception>
    /// <exception cref="ArgumentException">
    /// There is not a different label for each class, the network is a regression, the data does not have the columns of the network, or
    /// two columns have the same name.
    /// </exception>
    public static void Save(this FeedForwardNetwork model, string path, Dataset data, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(labels);
        int classes = model.Task == ModelTask.Regression ? 0 : Math.Max(model.OutputCount, 2);
        if (labels.Count != classes || Guard.Twice(labels) is not null)
            throw Guard.Invalid(nameof(labels), $"labels has {Format.Count(labels.Count, "string")}: {classes} different ones are needed.");
        var file = new ModelFile(model, data) { LabelType = LabelText.Strings, Labels = [.. labels.Select(LabelText.Of)] };
        file.Save(path);
    }

    private static ModelFile FileOf(LogisticRegression model, Dataset data, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != 2 || labels[0] == labels[1])
            throw Guard.Invalid(nameof(labels), $"labels has {Format.Count(labels.Count, "string")}: two different ones are needed.");
        return new ModelFile(model, data) { LabelType = LabelText.Strings, Labels = [.. labels.Select(LabelText.Of)] };
    }

    private static ModelFile FileOf(ParametricModel model, Dataset? data)
    {
        ArgumentNullException.ThrowIfNull(model);
        return data is null ? new ModelFile(model) : new ModelFile(model, data);
    }
}
