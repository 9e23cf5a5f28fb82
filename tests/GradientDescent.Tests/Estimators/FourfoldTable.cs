namespace GradientDescent.Tests.Estimators;

/// <summary>Samples of one feature, given by their counts.</summary>
internal static class FourfoldTable
{
    public static (double[][] Rows, bool[] Labels) Of(params (double X, bool Label, int Count)[] cells)
    {
        (double[] Row, bool Label)[] all =
            [.. cells.SelectMany(cell => Enumerable.Repeat((Row: new[] { cell.X }, cell.Label), cell.Count))];
        return ([.. all.Select(sample => sample.Row)], [.. all.Select(sample => sample.Label)]);
    }
}
