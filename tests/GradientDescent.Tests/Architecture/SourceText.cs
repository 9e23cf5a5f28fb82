using System.Text;

namespace GradientDescent.Tests.Architecture;

internal enum SourceKind
{
    Code,
    Comment,
    String,
}

/// <summary>Splits C# source into code, comments and string literals. The expressions inside interpolated strings are code.</summary>
internal static class SourceText
{
    /// <summary>The source with spaces in place of all parts of other kinds; line breaks stay, so that line numbers stay.</summary>
    public static string Only(string source, params ReadOnlySpan<SourceKind> kinds)
    {
        SourceKind[] kindOf = Kinds(source);
        var text = new StringBuilder(source);
        for (int i = 0; i < source.Length; i++)
        {
            if (source[i] != '\n' && !kinds.Contains(kindOf[i]))
                text[i] = ' ';
        }

        return text.ToString();
    }

    /// <summary>The kind of each character.</summary>
    public static SourceKind[] Kinds(string source)
    {
        var kinds = new SourceKind[source.Length];
        ReadCode(source, 0, isHole: false, kinds);
        return kinds;
    }

    /// <summary>Reads code up to the end of the source, or up to the brace that ends the hole of an interpolated string.</summary>
    private static int ReadCode(string source, int i, bool isHole, SourceKind[] kinds)
    {
        int depth = 0;
        while (i < source.Length)
        {
            if (isHole && depth == 0 && source[i] == '}')
                return i;
            depth += source[i] is '{' or '(' or '[' ? 1 : source[i] is '}' or ')' or ']' ? -1 : 0;
            if (StartsWith(source, i, "//"))
                i = Mark(i, EndOf(source, i, "\n", includesEnd: false), SourceKind.Comment);
            else if (StartsWith(source, i, "/*"))
                i = Mark(i, EndOf(source, i + 2, "*/"), SourceKind.Comment);
            else if (source[i] == '\'')
                i = Mark(i, EndOf(source, i + (source[i + 1] == '\\' ? 3 : 2), "'"), SourceKind.String);
            else if (StringStart(source, i) is { } start)
                i = ReadString(source, i, start.Dollars, start.IsVerbatim, start.Quotes, kinds);
            else
                i++;
        }

        return i;

        int Mark(int from, int to, SourceKind kind)
        {
            kinds.AsSpan(from..to).Fill(kind);
            return to;
        }
    }

    private static int ReadString(string source, int i, int dollars, bool isVerbatim, int quotes, SourceKind[] kinds)
    {
        int begin = i + dollars + (isVerbatim ? 1 : 0) + quotes;
        kinds.AsSpan(i..begin).Fill(SourceKind.String);
        if (quotes == 2)
            return begin;
        int holeBraces = quotes == 1 ? 1 : dollars;
        for (i = begin; i < source.Length;)
        {
            int braces = dollars == 0 ? 0 : CountOf(source, i, '{'), ends = CountOf(source, i, '"');
            if (braces > 0 && braces >= holeBraces && (quotes > 2 || braces % 2 == 1))
            {
                int hole = i + braces;
                kinds.AsSpan(i..hole).Fill(SourceKind.String);
                i = ReadCode(source, hole, isHole: true, kinds);
                continue;
            }

            int length = Math.Max(1, braces);
            bool isEnd = ends >= quotes && (quotes > 2 || !isVerbatim || ends % 2 == 1);
            if (isEnd)
                length = quotes > 2 || isVerbatim ? ends : 1;
            else if (ends > 0)
                length = ends;
            else if (quotes == 1 && !isVerbatim && source[i] == '\\')
                length = 2;
            kinds.AsSpan(i, length).Fill(SourceKind.String);
            i += length;
            if (isEnd)
                return i;
        }

        return i;
    }

    private static (int Dollars, bool IsVerbatim, int Quotes)? StringStart(string source, int i)
    {
        int dollars = CountOf(source, i, '$');
        bool isVerbatim = i + dollars < source.Length && source[i + dollars] == '@';
        int quotes = CountOf(source, i + dollars + (isVerbatim ? 1 : 0), '"');
        if (quotes == 0)
            return null;
        return (dollars, isVerbatim, isVerbatim ? 1 : quotes);
    }

    private static int CountOf(string source, int i, char c)
    {
        int count = 0;
        while (i + count < source.Length && source[i + count] == c)
            count++;
        return count;
    }

    private static bool StartsWith(string source, int i, string text) => source.AsSpan(i).StartsWith(text, StringComparison.Ordinal);

    private static int EndOf(string source, int i, string end, bool includesEnd = true)
    {
        int found = source.IndexOf(end, Math.Min(i, source.Length), StringComparison.Ordinal);
        return found < 0 ? source.Length : includesEnd ? found + end.Length : found;
    }
}
