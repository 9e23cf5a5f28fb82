using GradientDescent.Arrow;

namespace GradientDescent.Tool;

/// <summary>A file whose samples are numbers already: an Arrow file, which is mapped, or a LIBSVM file, which is sparse.</summary>
internal static class NumberFile
{
    /// <summary>Reads samples to learn from. An Arrow file is mapped until the process ends.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="target">The target that the user named, or <see langword="null"/>.</param>
    /// <exception cref="InvalidDataException">The file is not valid, or the target is not one column of it.</exception>
    /// <exception cref="IOException">The file is a directory or cannot be read.</exception>
    public static Dataset Read(string path, string? target)
    {
        Arguments.RefuseDirectory(path, "file of data");
        if (!FileKind.IsArrow(path))
            return Dataset.FromLibSvm(path);
        Dataset data = ArrowDataset.Open(path, target is null ? null : [target]).Data;
        return data.TargetCount == 1 ? data : throw new InvalidDataException(
            $"{Path.GetFileName(path)} has the targets {string.Join(", ", data.TargetNames.Select(TextLayout.Quote))}: --target says which "
            + "one to predict.");
    }

    /// <summary>Reads samples to predict. Their targets are not used.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="InvalidDataException">The file is not valid, or its features are not those of the model.</exception>
    /// <exception cref="IOException">The file is a directory or cannot be read.</exception>
    public static Dataset Read(string path, ModelFile model)
    {
        Arguments.RefuseDirectory(path, "file of data");
        int count = model.Model.FeatureCount;
        if (!FileKind.IsArrow(path))
            return Dataset.FromLibSvm(path, new LibSvmOptions { FeatureCount = count });
        Dataset data = ArrowDataset.Open(path).Data;
        string source = Path.GetFileName(path);
        if (data.FeatureCount != count)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"{source} has {data.FeatureCount} features: the model has {count}."));
        }

        int other = Enumerable.Range(0, count).FirstOrDefault(j => data.FeatureNames[j] != model.Encoding.FeatureNames[j], -1);
        return other < 0 ? data : throw new InvalidDataException(FormattableString.Invariant(
            $"{source}: feature {other} is '{TextLayout.Quote(data.FeatureNames[other])}', and that of the model is ")
            + $"'{TextLayout.Quote(model.Encoding.FeatureNames[other])}': the features must be in the order of the fit.");
    }
}
