namespace GradientDescent;

/// <summary>Checks the members of a document with a network.</summary>
internal static class NetworkDocumentChecks
{
    /// <summary>Checks a document and returns the encoding of its columns.</summary>
    /// <exception cref="ModelFormatException">A member has a value that is not allowed, or members do not fit together.</exception>
    public static FeatureEncoding RequireSound(ModelDocument document)
    {
        FeatureEncoding encoding = ModelDocumentChecks.EncodingOf(document);
        ModelDocumentChecks.RequireLength(document.Weights.Length, 0, "weights");
        ModelDocumentChecks.RequireLength(document.Intercepts.Length, 0, "intercepts");
        if (document.Intercept)
            throw new ModelFormatException("'intercept' is true: it must be false for a network.");
        if (document.Task is null)
            throw new ModelFormatException("'task' is missing: a network needs it.");
        ModelDocumentChecks.RequireOneOf(Enum.GetValues<ModelTask>(), document.Task, "task");
        if (document.Layers is not { } layers)
            throw new ModelFormatException("'layers' is missing: a network needs it.");
        ModelDocumentChecks.RequireAtLeast(layers.Length, 1, "layers");
        int inputs = encoding.FeatureCount;
        for (int l = 0; l < layers.Length; l++)
        {
            string name = Format.Text($"layers[{l}]");
            RequireLayer(layers[l] ?? throw new ModelFormatException($"'{name}' is null: it must be an object."), inputs, name);
            inputs = layers[l].Weights.Length;
        }

        ModelTask task = Enum.Parse<ModelTask>(document.Task);
        string last = Format.Text($"layers[{layers.Length - 1}]");
        if (layers[^1].Dropout > 0)
            throw new ModelFormatException($"'{last}.dropout' is {Format.Text($"{layers[^1].Dropout}")}: it must be 0 in the last layer.");
        if (task == ModelTask.BinaryClassification)
            ModelDocumentChecks.RequireLength(inputs, 1, $"{last}.weights");
        if (task == ModelTask.Classification)
            ModelDocumentChecks.RequireAtLeast(inputs, 2, $"{last}.weights");
        ModelDocumentChecks.RequireLength(document.TargetNames.Length, task == ModelTask.Regression ? inputs : 1, "targetNames");
        ModelDocumentChecks.RequireStrings(document.TargetNames, "targetNames");
        ModelDocumentChecks.RequireLabels(document, task != ModelTask.Regression, Math.Max(inputs, 2));
        ModelDocumentChecks.RequireMethod(document);
        return encoding;
    }

    private static void RequireLayer(ModelLayer layer, int inputs, string name)
    {
        ModelDocumentChecks.RequireOneOf(Enum.GetValues<Activation>(), layer.Activation, $"{name}.activation");
        ModelDocumentChecks.RequireOneOf(Enum.GetValues<WeightInitialization>(), layer.Initialization, $"{name}.initialization");
        if (layer.Dropout is not (>= 0 and < 1))
            throw new ModelFormatException(
                $"'{name}.dropout' is {Format.Text($"{layer.Dropout}")}: it must be at least 0 and less than 1.");
        ModelDocumentChecks.RequireAtLeast(layer.Weights.Length, 1, $"{name}.weights");
        for (int unit = 0; unit < layer.Weights.Length; unit++)
        {
            string row = Format.Text($"{name}.weights[{unit}]");
            if (layer.Weights[unit] is null)
                throw new ModelFormatException($"'{row}' is null: it must be an array.");
            ModelDocumentChecks.RequireLength(layer.Weights[unit].Length, inputs, row);
            ModelDocumentChecks.RequireFinite(layer.Weights[unit], row);
        }

        ModelDocumentChecks.RequireLength(layer.Biases.Length, layer.Weights.Length, $"{name}.biases");
        ModelDocumentChecks.RequireFinite(layer.Biases, $"{name}.biases");
    }
}
