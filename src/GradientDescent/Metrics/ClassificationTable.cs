using System.Text;

namespace GradientDescent;

/// <summary>The text of a report: at most 80 columns.</summary>
internal static class ClassificationTable
{
    private const int MaxLabelLength = 30;

    public static string TextOf(
        IReadOnlyList<ClassReport> classes, ClassAverages macro, ClassAverages weighted, double total, IEnumerable<string> lines)
    {
        string[] labels = [.. classes.Select(one => Format.Clip(VisibleText.OneLine(one.Label), MaxLabelLength))];
        int width = Math.Max("weighted average".Length, labels.Max(label => label.Length));
        var text = new StringBuilder();
        text.Append("".PadRight(width)).Append("  precision     recall         F1    support\n");
        for (int k = 0; k < labels.Length; k++)
            Add(labels[k], classes[k].Precision, classes[k].Recall, classes[k].F1, classes[k].Support);
        Add("macro average", macro.Precision, macro.Recall, macro.F1, total);
        Add("weighted average", weighted.Precision, weighted.Recall, weighted.F1, total);
        return text.AppendJoin('\n', lines).ToString();

        void Add(string label, double precision, double recall, double f1, double support) => text
            .Append(label.PadRight(width))
            .Append(Format.Text($"  {precision,9:F4}  {recall,9:F4}  {f1,9:F4}  {ConfusionMatrix.CountText(support),9}\n"));
    }
}
