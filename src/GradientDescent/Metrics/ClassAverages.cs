namespace GradientDescent;

/// <summary>Averages of precision, recall and F1 over the classes of a <see cref="ClassificationReport"/>. Immutable.</summary>
/// <remarks>
/// Classes that do not occur among the samples are left out. The precision of a class that occurs but was never predicted is 0/0; it counts
/// as 0 here, as in scikit-learn.
/// </remarks>
public sealed class ClassAverages
{
    internal ClassAverages(ReadOnlySpan<ClassReport> classes, Func<ClassReport, double> weightOf)
    {
        double total = 0;
        foreach (ClassReport one in classes)
        {
            if (one.Support == 0)
                continue;
            double weight = weightOf(one);
            total += weight;
            Precision += weight * (one.Predicted == 0 ? 0 : one.Precision);
            Recall += weight * one.Recall;
            F1 += weight * one.F1;
        }

        (Precision, Recall, F1) = (Precision / total, Recall / total, F1 / total);
    }

    /// <summary>The average precision of the predictions of each class, from 0 to 1.</summary>
    public double Precision { get; }

    /// <summary>The average recall of the classes, from 0 to 1.</summary>
    public double Recall { get; }

    /// <summary>The average of the F1 of the classes, from 0 to 1.</summary>
    public double F1 { get; }

    /// <summary>Returns the three averages in one line.</summary>
    public override string ToString() => Format.Text($"precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}");
}
