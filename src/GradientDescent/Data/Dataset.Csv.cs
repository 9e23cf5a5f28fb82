using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>
    /// Reads a CSV file of numbers. One column is the target, and the options can name a column of weights; all other columns are features.
    /// </summary>
    /// <param name="path">The path of the file, in UTF-8, or in UTF-16 with a byte-order mark.</param>
    /// <param name="target">The name of the target column.</param>
    /// <param name="options">The format of the data and the column of the weights; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not valid CSV, a column is missing, or a field is not a finite number. The message names the file, the line and the
    /// column where they are known.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// Console.WriteLine(string.Join(" ", data.FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
    /// </code></example>
    public static Dataset FromCsv(string path, string target, CsvOptions? options = null) => FromCsv(path, [target], options);

    /// <summary>Reads a CSV file of numbers with several target columns.</summary>
    /// <param name="path">The path of the file, in UTF-8, or in UTF-16 with a byte-order mark.</param>
    /// <param name="targets">The names of the target columns: at least one, all different.</param>
    /// <param name="options">The format of the data and the column of the weights; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not valid CSV, a column is missing, or a field is not a finite number. The message names the file, the line and the
    /// column where they are known.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static Dataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return FromCsv(stream, Path.GetFileName(path), targets, options);
    }

    /// <summary>Reads CSV data of numbers from a stream.</summary>
    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the data in messages, such as a file name.</param>
    /// <param name="targets">The names of the target columns: at least one, all different.</param>
    /// <param name="options">The format of the data and the column of the weights; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// The data is not valid CSV, a column is missing, or a field is not a finite number. The message names the source, the line and the
    /// column where they are known.
    /// </exception>
    public static Dataset FromCsv(Stream stream, string source, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options = CheckCsvColumns(targets, options);
        ImmutableArray<string> featureNames = [], targetNames = [];
        CollectedRows rows = CsvNumbers.Read(stream, source, targets, options, csv =>
        {
            (featureNames, targetNames) = (csv.FeatureNames, csv.TargetNames);
            return new CollectedRows(featureNames.Length, targetNames.Length, csv.HasWeights);
        });
        return new Dataset(rows, featureNames, targetNames);
    }

    /// <summary>Checks that each column has one use, and returns the options.</summary>
    internal static CsvOptions CheckCsvColumns(IReadOnlyList<string> targets, CsvOptions? options)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Guard.AtLeast(targets.Count, 1, "targets.Count");
        options ??= new CsvOptions();
        return Guard.Twice(targets.Select(FieldText.Name).Concat(options.Weights is null ? [] : [options.Weights])) is { } twice
            ? throw Guard.Invalid(
                nameof(targets), $"The column '{twice}' is named twice among targets and weights: each column has one use.")
            : options;
    }

    /// <summary>
    /// Creates a data set from a table and an encoding of its features. Samples have weights if the options of the table name a column of
    /// weights.
    /// </summary>
    /// <param name="table">The table that contains the samples.</param>
    /// <param name="encoding">The encoding that converts the columns of the table to features.</param>
    /// <param name="target">The name of the target column, which contains numbers.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the table, or a field is not valid. The message names the source, the line and the column.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The encoding uses the column of the target or of the weights, a weight is negative, all weights are 0, or their sum is infinite.
    /// </exception>
    public static Dataset From(CsvTable table, FeatureEncoding encoding, string target)
    {
        ArgumentNullException.ThrowIfNull(table);
        return From(table, encoding, target, name => table.Numbers(name));
    }

    /// <summary>Creates a data set from a table and an encoding of its features, with targets that the caller has computed.</summary>
    /// <inheritdoc cref="From(CsvTable, FeatureEncoding, string)"/>
    /// <param name="table">The table that contains the features of the samples.</param>
    /// <param name="encoding">The encoding that converts the columns of the table to features.</param>
    /// <param name="target">The name of the target.</param>
    /// <param name="targets">The target of each row, for example the class of its label.</param>
    public static Dataset From(CsvTable table, FeatureEncoding encoding, string target, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        return From(table, encoding, target, _ => targets);
    }

    /// <inheritdoc cref="From(CsvTable, FeatureEncoding, string)"/>
    /// <param name="table">The table that contains the samples.</param>
    /// <param name="encoding">The encoding that converts the columns of the table to features.</param>
    /// <param name="target">The name of the target column.</param>
    /// <param name="targetsOf">The function that returns the target of each row for the name of the target column.</param>
    internal static Dataset From(CsvTable table, FeatureEncoding encoding, string target, Func<string, IReadOnlyList<double>> targetsOf)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(target);
        target = FieldText.Name(target);
        string? weights = table.Options.Weights;
        FeatureColumn? used = encoding.Columns
            .FirstOrDefault(column => FieldText.Name(column.Name) is var name && (name == target || name == weights));
        if (used is not null)
        {
            string use = FieldText.Name(used.Name) == target ? "target" : "weights";
            throw Guard.Invalid(
                nameof(encoding),
                $"The encoding uses the {use} column '{used.Name}' for features: create it from the table without this column.");
        }

        IReadOnlyList<double> targets = targetsOf(target);
        CheckCounts(table.RowCount, targets.Count, null);
        TableEncoder encoder = weights is null
            ? new(encoding.Columns, table, target)
            : new(encoding.Columns, table, target, weights);
        double[]? weightOf = weights is null ? null : [.. table.Numbers(weights)];
        return FromRows(encoding, encoder.Encode, targets, weightOf, target);
    }

    /// <summary>Creates a data set of one row for a prediction. If the encoding is sparse, the prediction costs no zeros.</summary>
    /// <param name="encoding">The encoding of the row.</param>
    /// <param name="fields">The field of each column of the encoding. Numbers have <c>.</c> as their decimal separator.</param>
    /// <exception cref="ArgumentException">
    /// There are too few or too many fields, or a field is not a number, is missing or is not a known level. The message names the column
    /// and the field.
    /// </exception>
    /// <example><code>
    /// File.WriteAllText("mails.csv", "body,spam\nWin money now!,1\nSee you at noon.,0\nMoney back,1\nLunch at noon?,0\n");
    /// CsvTable mails = CsvTable.Read("mails.csv");
    /// var encoding = new FeatureEncoding([new HashedColumn("body")]);
    /// var model = new LogisticRegression();
    /// new Trainer(new AdaGrad(0.5), new() { MaxEpochs = 50 }).Fit(model, Dataset.From(mails, encoding, target: "spam"));
    /// Console.WriteLine(model.PredictAll(Dataset.ForPrediction(encoding, "money now"))[0]);   // True
    /// </code></example>
    public static Dataset ForPrediction(FeatureEncoding encoding, params ReadOnlySpan<string> fields)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        FeatureRow row = encoding.RowOf(fields);
        return FromRows(encoding, _ => row, [0]);
    }

    /// <summary>Creates a data set of all rows of a table for predictions, sparse if the encoding is. Its targets are 0.</summary>
    /// <param name="table">The table that contains the rows. The columns are found by name and can have any order.</param>
    /// <param name="encoding">The encoding of the rows.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the table, or a field is not a number, is missing or is not a known level. The message names the line, the column
    /// and the field.
    /// </exception>
    public static Dataset ForPrediction(CsvTable table, FeatureEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(encoding);
        return FromRows(encoding, new TableEncoder(encoding.Columns, table).Encode, new double[table.RowCount]);
    }

    /// <summary>
    /// Creates a data set of all rows of a table for predictions. A row with a field that is not valid has the features 0 and a description
    /// of the problem.
    /// </summary>
    /// <param name="table">The table that contains the rows. The columns are found by name and can have any order.</param>
    /// <param name="encoding">The encoding of the rows.</param>
    /// <param name="problems">
    /// For each row what is wrong with its first field that is not valid, with its line and column, or <see langword="null"/> if all are
    /// valid.
    /// </param>
    /// <exception cref="InvalidDataException">A column is not in the table.</exception>
    public static Dataset ForPrediction(CsvTable table, FeatureEncoding encoding, out ImmutableArray<string?> problems)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(encoding);
        var encoder = new TableEncoder(encoding.Columns, table);
        string?[] found = new string?[table.RowCount];
        Dataset samples = FromRows(encoding, row => encoder.Encode(row, out found[row]), new double[table.RowCount]);
        problems = [.. found];
        return samples;
    }

    /// <summary>Creates a data set of encoded rows, which is sparse if the encoding is.</summary>
    /// <param name="encoding">The encoding of the rows.</param>
    /// <param name="rowOf">The function that returns the row of a sample; it is called once for each sample, in their order.</param>
    /// <param name="targets">The target of each sample.</param>
    /// <param name="weights">The weight of each sample; <see langword="null"/>: every sample has the weight 1.</param>
    /// <param name="target">The name of the target.</param>
    internal static Dataset FromRows(
        FeatureEncoding encoding, Func<int, FeatureRow> rowOf, IReadOnlyList<double> targets, double[]? weights = null, string target = "y")
    {
        if (encoding.IsSparse)
        {
            var rows = new SparseTable<double>(encoding.FeatureCount);
            for (int sample = 0; sample < targets.Count; sample++)
            {
                FeatureRow features = rowOf(sample);
                SparseRows.Append(rows, features.Indices, features.Values);
            }

            rows.Trim();
            return new Dataset(FromTable(rows, [.. targets], weights, null, [target]), encoding);
        }

        double[] row = new double[encoding.FeatureCount], ofRow = new double[1];
        Dataset data = Build(targets.Count, FeaturesOf, TargetsOf, targets.Count, weights, encoding.FeatureNames, [target]);
        return new Dataset(data, encoding);

        ReadOnlySpan<double> FeaturesOf(int sample)
        {
            rowOf(sample).CopyTo(row);
            return row;
        }

        ReadOnlySpan<double> TargetsOf(int row)
        {
            ofRow[0] = targets[row];
            return ofRow;
        }
    }
}
