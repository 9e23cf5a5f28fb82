using System.Globalization;
using System.Text;

namespace GradientDescent.Tests.Fuzzing;

/// <summary>CSV files in several formats and encodings.</summary>
internal sealed class CsvKind : IFileKind
{
    public static readonly CsvKind Instance = new();

    private static readonly CsvOptions _plain = new(), _european = new() { Delimiter = ';', DecimalSeparator = ',' },
        _weighted = new() { Weights = "w" }, _tabs = new() { Delimiter = '\t' }, _named = new() { HasHeader = true };

    private static readonly (CsvOptions Options, string Text)[] _whole =
    [
        (_plain, "x1,x2,y\n1,2,3\n4.5,-6e-3,7\n0.1,0.2,0.30000000000000004\n"),
        (_plain, "\"area, m2\",\"the \"\"best\"\"\",y\r\n1,2,3\r\n4,5,6\r\n"),
        (_european, "x1;x2;y\n1,5;2;3\n4,25;-6e-3;7\n"),
        (_weighted, "x1,w,y\n1,2,3\n4,0,6\n7,1.5,9\n"),
        (_tabs, "x1\tx2\ty\n1\t2\t3\n4\t5\t6"),
        (_plain, "colour,size,y\nred,1,2\ngreen,,3\n\"blue\",4,5\nred,NA,6\n"),
    ];

    private static readonly string[] _fields =
    [
        "", "\"", "\"\"", "\"\"\"", "\"a\"b", "a\"b", "\"a\nb\"", "\"a\r\nb\"", "\0", "\u00a0", "1\u00a0", "\u20091", "\u2212" + "1",
        "1e999", "-1e999", "1e-999", "NaN", "Infinity", "∞", "-0", "+1", "1,200", "\"1,200\"", "1 200", "1'200", "12%", "$15",
        "(12)", "0x10", "?",
        "NULL", "-", "2024-01-01", "9223372036854775808", "1.", ".5", "1e", "1e+", "1_000", "１２", "\ufeff1", "\u200b1", "=1+1", "x1", "y",
        "w", "-3", "0", "1.7976931348623157e308", "5e-324", new('9', 400), new('a', 3000), "\u0085", "\u2028", "\ud83d\ude00", "\u202e",
    ];

    private static readonly string[] _breaks = ["\n", "\r", "\r\n", "\n\n", "\n\r", "\u2028", "\0", ",\n", "\n,"];

    private (CsvOptions Options, string Text) _last;

    private CsvKind()
    {
    }

    public string Name => "CSV";

    public byte[] Damaged(Random random)
    {
        _last = _whole[random.Next(_whole.Length)];
        string text = _last.Text;
        if (random.Next(3) > 0)
        {
            for (int edits = random.Next(1, 4); edits > 0; edits--)
                text = WithOtherFields(text, _last.Options.Delimiter, random);
        }

        byte[] bytes = random.Next(10) switch
        {
            0 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            1 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            2 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            3 => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        return random.Next(2) == 0
            ? ByteDamage.Done(bytes, Encoding.UTF8.GetBytes(_whole[random.Next(_whole.Length)].Text), random)
            : bytes;
    }

    /// <summary>
    /// Reads numbers; and strings, which are then encoded. What was read is written in plain CSV and must be read as the same.
    /// </summary>
    public bool TryRead(byte[] bytes)
    {
        bool isNumbers = Accepts(() =>
        {
            Dataset data = Dataset.FromCsv(new MemoryStream(bytes), "damaged.csv", ["y"], _last.Options);
            RequireSound(data);
            using var written = new MemoryStream(Encoding.UTF8.GetBytes(Written(data)));
            RequireSame(data, Dataset.FromCsv(written, "written.csv", ["y"], _named with { Weights = data.HasWeights ? "w" : null }));
        });
        bool isTable = Accepts(() =>
        {
            CsvTable table = CsvTable.Read(new MemoryStream(bytes), "damaged.csv", _last.Options);
            BrokenPromise.If(table.Headers.Distinct().Count() != table.Headers.Length, "two columns have the same name");
            using var written = new MemoryStream(Encoding.UTF8.GetBytes(Written(table)));
            CsvTable again = CsvTable.Read(written, "written.csv", _named);
            BrokenPromise.If(!again.Headers.SequenceEqual(table.Headers), "written and read again, the headers are others");
            BrokenPromise.If(table.Headers.Any(name => !again.Column(name).SequenceEqual(table.Column(name))),
                "written and read again, the fields are others");
            string[] others = [.. table.Headers.Where(name => name == "y" || name == _last.Options.Weights)];
            FeatureEncoding encoding = FeatureEncoding.From(table.Without(others), new() { MissingNumbers = MissingNumbers.Mean });
            try
            {
                RequireSound(Dataset.From(table, encoding, "y"));
            }
            catch (ArgumentException e) when (e.ParamName == "weights")
            {
                // documented for weights that are negative, all 0 or infinite in sum
            }
        });
        return isNumbers || isTable;
    }

    private static bool Accepts(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidDataException e)
        {
            BrokenPromise.If(!e.Message.Contains("damaged.csv", StringComparison.Ordinal), e.Message);
            return false;
        }
    }

    private static void RequireSound(Dataset data)
    {
        for (int i = 0; i < data.SampleCount; i++)
        {
            foreach (double number in (double[])[.. data.Features(i), .. data.Targets(i), data.Weight(i)])
                BrokenPromise.If(!double.IsFinite(number), "a number is not finite");
            BrokenPromise.If(data.Weight(i) < 0, "a weight is negative");
        }

        BrokenPromise.If(data.SampleCount == 0, "there are no samples");
        BrokenPromise.If(data.FeatureNames.Distinct().Count() != data.FeatureCount, "two features have the same name");
    }

    private static void RequireSame(Dataset expected, Dataset actual)
    {
        BrokenPromise.If(!actual.FeatureNames.SequenceEqual(expected.FeatureNames), "written and read again, the names are others");
        for (int i = 0; i < expected.SampleCount; i++)
        {
            BrokenPromise.If(
                !actual.Features(i).SequenceEqual(expected.Features(i)) || !actual.Targets(i).SequenceEqual(expected.Targets(i)) ||
                actual.Weight(i) != expected.Weight(i), "written and read again, the numbers are others");
        }
    }

    private static string Written(Dataset data)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', data.FeatureNames.Select(Quoted)).Append(",y").Append(data.HasWeights ? ",w\n" : "\n");
        for (int i = 0; i < data.SampleCount; i++)
        {
            double[] row = [.. data.Features(i), .. data.Targets(i), .. data.HasWeights ? [data.Weight(i)] : (double[])[]];
            text.AppendJoin(',', row.Select(number => number.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        return text.ToString();
    }

    private static string Written(CsvTable table)
    {
        StringBuilder text = new StringBuilder().AppendJoin(',', table.Headers.Select(Quoted)).Append('\n');
        for (int i = 0; i < table.RowCount; i++)
            text.AppendJoin(',', table.Headers.Select(name => Quoted(table.Column(name)[i]))).Append('\n');
        return text.ToString();
    }

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string WithOtherFields(string text, char delimiter, Random random)
    {
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        string[] fields = lines[line].Split(delimiter);
        int field = random.Next(fields.Length);
        switch (random.Next(8))
        {
            case 0:
                return string.Join('\n', lines.Append(string.Concat(Enumerable.Repeat(lines[line] + "\n", random.Next(300)))));
            case 1:
                return string.Join(_breaks[random.Next(_breaks.Length)], lines);
            case 2:
                lines[line] = string.Join(delimiter, fields.Append(_fields[random.Next(_fields.Length)]));
                break;
            case 3:
                lines[line] = string.Join(delimiter, fields.Where((_, i) => i != field));
                break;
            case 4:
                fields[field] = $"\"{fields[field]}\"";
                lines[line] = string.Join(delimiter, fields);
                break;
            case 5:
                lines[line] = string.Join(",;\t|:"[random.Next(5)], fields);
                break;
            default:
                fields[field] = _fields[random.Next(_fields.Length)];
                lines[line] = string.Join(delimiter, fields);
                break;
        }

        return string.Join('\n', lines);
    }
}
