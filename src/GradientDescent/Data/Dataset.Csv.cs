using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;

namespace GradientDescent;

public sealed partial class Dataset
{
    private const int LongestRecord = 1 << 24;

    /// <summary>Reads a CSV file: one column is the target, all others are features.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="target">Name of the target column.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not such a CSV file; the message names file, line, column and text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// Console.WriteLine(string.Join(" ", data.FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
    /// </code></example>
    public static Dataset FromCsv(string path, string target, CsvOptions? options = null) => FromCsv(path, [target], options);

    /// <summary>Reads a CSV file with several target columns.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not such a CSV file; the message names file, line, column and text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Dataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return FromCsv(stream, Path.GetFileName(path), targets, options);
    }

    /// <summary>Reads CSV from a stream.</summary>
    /// <param name="stream">The bytes; left open at the end.</param>
    /// <param name="source">What messages call it, such as a file name.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a CSV file; the message names source, line, column and text.</exception>
    public static Dataset FromCsv(Stream stream, string source, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(targets);
        Guard.AtLeast(targets.Count, 1, "targets.Count");
        options ??= new CsvOptions();
        options.Check(nameof(options));
        if (targets.Concat(options.Weights is null ? [] : [options.Weights]).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Guard.Invalid(nameof(targets), $"The column '{twice.Key}' is named twice among targets and weights: each column has one use.");
        var reading = new CsvReaderOptions
        {
            Separator = options.Delimiter,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // checked below, with a clearer message
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = LongestRecord,
        };
        try
        {
            using var csv = CsvReader.Create(stream, reading, leaveOpen: true);
            return new CsvTable(csv, source, targets, options).Read();
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }
    }

    private sealed class CsvTable
    {
        private const int LongestShown = 40;

        private readonly CsvReader _csv;
        private readonly string _source;
        private readonly ImmutableArray<string> _headers;
        private readonly int[] _features;
        private readonly int[] _targets;
        private readonly int[] _weight;
        private readonly NumberFormatInfo _numbers;

        public CsvTable(CsvReader csv, string source, IReadOnlyList<string> targets, CsvOptions options)
        {
            _csv = csv;
            _source = source;
            _headers = [.. csv.Headers];
            CheckHeaders();
            _targets = [.. targets.Select(IndexOf)];
            _weight = options.Weights is null ? [] : [IndexOf(options.Weights)];
            _features = [.. Enumerable.Range(0, _headers.Length).Except(_targets).Except(_weight)];
            if (_features.Length == 0)
                throw new InvalidDataException($"{source}: there is no column beside the target: at least one feature is needed.");
            _numbers = new NumberFormatInfo { NumberDecimalSeparator = options.DecimalSeparator.ToString() };
        }

        public Dataset Read()
        {
            List<double> features = [], targets = [], weights = [];
            while (_csv.Read())
            {
                if (_csv.FieldCount != _headers.Length)
                    throw new InvalidDataException(Guard.Text(
                        $"{_source}, line {_csv.LineNumber} has {Guard.Counted(_csv.FieldCount, "field")}: the first line names {Guard.Counted(_headers.Length, "column")}."));
                Take(_features, features);
                Take(_targets, targets);
                Take(_weight, weights);
            }

            if (targets.Count == 0)
                throw new InvalidDataException($"{_source}: there are no rows below the column names: at least one is needed.");
            if (weights.Count > 0 && weights.TrueForAll(weight => weight == 0))
                throw new InvalidDataException($"{_source}, column '{_headers[_weight[0]]}': all weights are 0: at least one must be greater.");
            double[] x = [.. features], y = [.. targets];
            int d = _features.Length, k = _targets.Length;
            return Build(
                y.Length / k,
                i => x.AsSpan(i * d, d),
                i => y.AsSpan(i * k, k),
                y.Length / k,
                _weight.Length == 0 ? null : [.. weights],
                [.. _features.Select(column => _headers[column])],
                [.. _targets.Select(column => _headers[column])]);
        }

        private void Take(int[] columns, List<double> values)
        {
            foreach (int column in columns)
            {
                ReadOnlySpan<byte> field = _csv.GetSpan(column);
                if (field.IsEmpty)
                    throw At(column, "the field is empty; a number is needed, missing values are not filled in.");
                if (field.ContainsAnyInRange((byte)0, (byte)31)) // double.TryParse passes over trailing NULs
                    throw At(column, $"'{Shown(field)}' holds bytes that are not text.");
                if (!double.TryParse(field, NumberStyles.Float, _numbers, out double value) || !double.IsFinite(value))
                    throw At(column, $"'{Shown(field)}' is not a finite number written with '{_numbers.NumberDecimalSeparator}'.");
                if (columns == _weight && value < 0)
                    throw At(column, $"the weight '{Shown(field)}' is negative; it must be at least 0.");
                values.Add(value);
            }
        }

        private void CheckHeaders()
        {
            if (_headers.Length == 0)
                throw new InvalidDataException($"{_source} is empty: its first line must hold the column names.");
            if (_headers.FirstOrDefault(name => name.Any(c => char.IsControl(c) || c == '\uFFFD')) is not null)
                throw new InvalidDataException($"{_source} does not look like a text file: its first line holds bytes that are not text.");
            if (_headers.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new InvalidDataException($"{_source}: the column name '{twice.Key}' occurs {twice.Count()} times: names must differ.");
        }

        private int IndexOf(string name)
        {
            int index = _headers.IndexOf(name);
            return index >= 0
                ? index
                : throw new InvalidDataException($"{_source} has no column '{name}': its columns are {string.Join(", ", _headers)}.");
        }

        private InvalidDataException At(int column, string problem) =>
            new(Guard.Text($"{_source}, line {_csv.LineNumber}, column '{_headers[column]}': {problem}"));

        /// <summary>The beginning of a field, without characters that would act on a terminal.</summary>
        private static string Shown(ReadOnlySpan<byte> field)
        {
            string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, LongestShown)]);
            return string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) + (field.Length > LongestShown ? "…" : "");
        }
    }
}
