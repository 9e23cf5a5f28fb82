namespace GradientDescent.Reporting;

/// <summary>The weights of a model of pictures, as a picture for each output.</summary>
internal static class WeightFigure
{
    private const int MaxColumns = 5;
    private const int PanelHeight = 150;

    public static Chart Of(LinearModel model, int width, IReadOnlyList<string> labels)
    {
        int height = model.FeatureCount / width;
        double largest = Math.Max(model.Weights.Where(Axes.CanShow).Select(Math.Abs).DefaultIfEmpty().Max(), double.Epsilon);
        int columns = Math.Min(MaxColumns, labels.Count);
        Figure figure = Panels.Of(
            labels,
            columns,
            PanelHeight,
            new() { Range = [-0.5, width - 0.5], Visible = false, Constrain = "domain" },
            new() { Range = [height - 0.5, -0.5], Visible = false },
            (panel, x, y) => Cells.Of(
                height,
                width,
                row => StyleOf(panel, row, isFirst: panel == 0 && row == 0),
                null,
                (row, column) => HintOf(panel, row, column),
                x,
                y));
        return new(
            "Weights",
            FormattableString.Invariant($"The weights of {width} × {height} pixels for each class: blue speaks for it, orange against it."),
            figure with { Layout = figure.Layout with { BarMode = "overlay", BarGap = 0, Margin = figure.Layout.Margin with { L = 16 } } });

        double WeightOf(int output, int row, int column) => model.Weights[output * model.FeatureCount + row * width + column];

        MarkerStyle StyleOf(int output, int row, bool isFirst) => new()
        {
            Color = new(default, Values: [.. Enumerable.Range(0, width).Select(column => WeightOf(output, row, column))]),
            ColorScale = [new(0, Colour.OfSeries(1)), new(0.5, Colour.Paper), new(1, Colour.OfSeries(0))],
            Lowest = -largest,
            Highest = largest,
            ShowScale = isFirst ? true : null,
            ColorBar = isFirst ? new() { TickFont = new() { Size = 11, Color = Colour.Muted } } : null,
            Line = new() { Width = 0 },
        };

        string HintOf(int output, int row, int column) => FormattableString.Invariant(
            $"{Label.Short(labels[output])}, row {row}, column {column}: {Label.Number(WeightOf(output, row, column))}");
    }
}
