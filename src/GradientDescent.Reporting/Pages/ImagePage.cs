using System.Text;

namespace GradientDescent.Reporting;

/// <summary>The page that a browser without a window opens to draw a picture.</summary>
internal static class ImagePage
{
    private const string ImageStart = "<pre id=\"image\">data:image/";

    /// <summary>A page that draws one figure as a picture and shows the picture as text.</summary>
    public static string Write(TitledFigure chart, string format, ImageOptions options)
    {
        string plotly = PageScripts.Plotly(chart.Figure.NeedsWholeScript()).Text;
        string height = FormattableString.Invariant($"{options.Height ?? chart.Figure.Layout.Height}");
        int scale = format == "png" ? options.Scale : 1;
        string size = FormattableString.Invariant($"width: {options.Width}, height: {height}, scale: {scale}");
        return
            $$"""
            <!DOCTYPE html>
            <meta charset="utf-8">
            <body>
            <script>{{plotly}}</script>
            <script type="application/json" id="figure">{{FigureJson.Light(chart.Figure)}}</script>
            <script>
            const { data, layout } = JSON.parse(document.getElementById('figure').textContent);
            Plotly.toImage({ data, layout }, { format: '{{format}}', {{size}} }).then(image => {
              const text = document.createElement('pre');
              text.id = 'image';
              text.textContent = image;
              document.body.append(text);
            });
            </script>
            </body>
            """;
    }

    /// <summary>The picture in what a browser made of <see cref="Write"/>; <see langword="null"/>: there is none.</summary>
    public static byte[]? ImageIn(string shown, string format)
    {
        int start = shown.IndexOf(ImageStart, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start = shown.IndexOf(',', start) + 1;
        string data = shown[start..shown.IndexOf("</pre>", start, StringComparison.Ordinal)];
        return format == "png" ? Convert.FromBase64String(data) : Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data) + "\n");
    }
}
