using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>
/// The state of a run as named entries. Each part of a run adds its entries when the run is saved and takes them when the run is restored.
/// An entry that is missing, has a wrong length or is not taken is an error, and so is an entry that could not be taken again.
/// </summary>
internal sealed class Snapshot
{
    private const long MaxCount = 1L << 53;

    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double[]> _vectors = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public IReadOnlyDictionary<string, double> Numbers => _numbers;

    public IReadOnlyDictionary<string, double[]> Vectors => _vectors;

    /// <exception cref="InvalidDataException">The name is used already, or a string is not valid Unicode.</exception>
    public void Add(string name, string text) => Add(_texts, name, Unicode(text));

    /// <exception cref="InvalidDataException">The name is used already.</exception>
    public void Add(string name, long count) => Add(_counts, name, count);

    /// <exception cref="InvalidDataException">The number is not finite.</exception>
    public void Add(string name, double number) => Add(_numbers, name, Finite([number], name)[0]);

    /// <summary>Adds a number that can be infinite or NaN. It is stored as a string.</summary>
    public void AddAny(string name, double number) => Add(_texts, name, number.ToString("R", CultureInfo.InvariantCulture));

    /// <exception cref="InvalidDataException">A number is not finite.</exception>
    public void Add(string name, ReadOnlySpan<double> vector) => AddOwned(name, Finite(vector.ToArray(), name));

    /// <summary>Adds a vector without a copy. The caller must not change it afterwards.</summary>
    public void AddOwned(string name, double[] vector) => Add(_vectors, name, vector);

    /// <param name="name">The name of the entry.</param>
    /// <param name="state">The state of an optimizer.</param>
    /// <param name="parameterCount">The number of parameters, the largest length that can be taken.</param>
    /// <exception cref="InvalidDataException">The state could not be taken again.</exception>
    public void Add(string name, OptimizerState state, int parameterCount)
    {
        if (state.Length > parameterCount)
            throw new InvalidDataException(Format.Text(
                $"The state of {state.Algorithm} is for {state.Length} parameters: there are {parameterCount}."));
        if (state.Precision != NumericPrecision.Double)
            throw new InvalidDataException($"The precision of the state of {state.Algorithm} is {state.Precision}: it must be Double.");
        Add(name + ".algorithm", state.Algorithm);
        Add(name + ".precision", (long)state.Precision);
        Add(name + ".length", state.Length);
        Add(name + ".stepCount", state.StepCount <= MaxCount ? state.StepCount : throw new InvalidDataException(
            Format.Text($"The step count of {state.Algorithm} is {state.StepCount}: it must be from 0 to {MaxCount}.")));
        if (state.Inner.Keys.FirstOrDefault(part => part.Length == 0 || part.Contains('\n', StringComparison.Ordinal)) is { } bad)
            throw new InvalidDataException(
                $"An inner state of {state.Algorithm} is called '{Format.Clip(bad)}': a name must not be empty or have a line break.");
        foreach ((string scalar, double value) in state.Scalars)
            Add($"{name}.scalar.{scalar}", value);
        foreach ((string vector, ImmutableArray<double> values) in state.Vectors)
            Add($"{name}.vector.{vector}", values.AsSpan());
        Add(name + ".inner", string.Join('\n', state.Inner.Keys));
        foreach ((string part, OptimizerState inner) in state.Inner)
            Add($"{name}.inner.{part}", inner, parameterCount);
    }

    public bool Has(string name) =>
        _counts.ContainsKey(name) || _numbers.ContainsKey(name) || _vectors.ContainsKey(name) || _texts.ContainsKey(name);

    public string TakeText(string name) => Take(_texts, name);

    /// <param name="name">The name of the entry.</param>
    /// <param name="atMost">The largest allowed value; the smallest is 0.</param>
    public long TakeCount(string name, long atMost = MaxCount)
    {
        long count = Take(_counts, name);
        return count >= 0 && count <= atMost ? count
            : throw new CheckpointFormatException(Format.Text($"'{name}' is {count}: it must be from 0 to {atMost}."));
    }

    public double TakeNumber(string name) => Take(_numbers, name);

    public double TakeShare(string name) => TakeNumber(name) is >= 0 and <= 1 and var share
        ? share
        : throw new CheckpointFormatException($"'{name}' must be from 0 to 1.");

    public double TakeNumberOr(string name, double otherwise) => _numbers.ContainsKey(name) ? TakeNumber(name) : otherwise;

    public double TakeAny(string name) =>
        double.TryParse(TakeText(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number
        : throw new CheckpointFormatException($"'{name}' is not a number.");

    public void TakeVector(string name, Span<double> target)
    {
        double[] vector = TakeVector(name);
        if (vector.Length != target.Length)
            throw new CheckpointFormatException(Format.Text($"'{name}' has {vector.Length} entries: it must have {target.Length}."));
        vector.CopyTo(target);
    }

    /// <summary>Takes a vector of finite numbers.</summary>
    public double[] TakeVector(string name)
    {
        try
        {
            return Finite(TakeAnyVector(name), name);
        }
        catch (InvalidDataException e)
        {
            throw new CheckpointFormatException(e.Message, e);
        }
    }

    public double[] TakeAnyVector(string name) => Take(_vectors, name);

    /// <summary>Takes the state of an optimizer and restores the optimizer from it.</summary>
    /// <param name="name">The name of the entry.</param>
    /// <param name="parameterCount">The number of parameters. The length of the state must be equal to it, or 0.</param>
    /// <param name="optimizer">The optimizer to restore.</param>
    public OptimizerState TakeState(string name, int parameterCount, IOptimizer optimizer)
    {
        OptimizerState state = TakeState(name, parameterCount);
        if (state.Length != 0 && state.Length != parameterCount)
            throw new CheckpointFormatException(Format.Text($"'{name}' is for {state.Length} parameters: there are {parameterCount}."));
        Checked(() =>
        {
            optimizer.SetState(state);
            return state;
        });
        return state;
    }

    private OptimizerState TakeState(string name, int maxLength)
    {
        string algorithm = TakeText(name + ".algorithm");
        _ = TakeCount(name + ".precision", atMost: (long)NumericPrecision.Double);
        long length = TakeCount(name + ".length", atMost: maxLength), stepCount = TakeCount(name + ".stepCount");
        KeyValuePair<string, double>[] scalars = TakeAll(_numbers, name + ".scalar.");
        KeyValuePair<string, double[]>[] vectors = TakeAll(_vectors, name + ".vector.");
        string[] parts = TakeText(name + ".inner").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        KeyValuePair<string, OptimizerState>[] inner =
            [.. parts.Select(part => KeyValuePair.Create(part, TakeState($"{name}.inner.{part}", maxLength)))];
        return Checked(() => new OptimizerState(
            algorithm,
            stepCount,
            scalars,
            vectors.Select(vector => KeyValuePair.Create(vector.Key, ImmutableArray.Create(vector.Value))),
            inner,
            (int)length));
    }

    public void Add(string name, ScheduleState state)
    {
        Add(name + ".kind", state.Schedule);
        foreach ((string scalar, double value) in state.Scalars)
            Add($"{name}.scalar.{scalar}", value);
    }

    public void TakeState(string name, IMetricSchedule schedule)
    {
        string kind = TakeText(name + ".kind");
        KeyValuePair<string, double>[] scalars = TakeAll(_numbers, name + ".scalar.");
        Checked(() =>
        {
            schedule.SetState(new ScheduleState(kind, scalars));
            return schedule;
        });
    }

    /// <summary>
    /// Converts an <see cref="ArgumentException"/> to a <see cref="CheckpointFormatException"/>: the arguments come from the checkpoint.
    /// </summary>
    private static T Checked<T>(Func<T> restore)
    {
        try
        {
            return restore();
        }
        catch (ArgumentException e)
        {
            throw new CheckpointFormatException(e.Message, e);
        }
    }

    /// <summary>Throws if an entry has not been taken.</summary>
    public void RequireAllTaken()
    {
        string[] left = [.. _texts.Keys.Concat(_counts.Keys).Concat(_numbers.Keys).Concat(_vectors.Keys)];
        if (left.Length > 0)
            throw new CheckpointFormatException(
                $"The checkpoint contains '{Format.Clip(left[0])}', which this run does not use: it was written with other options.");
    }

    private static void Add<T>(SortedDictionary<string, T> entries, string name, T entry)
    {
        if (!entries.TryAdd(Unicode(name), entry))
            throw new InvalidDataException($"The state has two entries '{Format.Clip(name)}': names must differ.");
    }

    /// <summary>Returns the text unchanged, if it is valid Unicode. Otherwise it would be read back as another text.</summary>
    private static string Unicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text
        ? text
        : throw new InvalidDataException($"'{Format.Clip(text)}' is not valid Unicode: it cannot be in a checkpoint.");

    private static double[] Finite(double[] vector, string name)
    {
        foreach (double number in vector)
        {
            if (!double.IsFinite(number))
                throw new InvalidDataException(Format.Text($"'{Format.Clip(name)}' holds {number}: every number must be finite."));
        }

        return vector;
    }

    private static T Take<T>(SortedDictionary<string, T> entries, string name) => entries.Remove(name, out T? value)
        ? value
        : throw new CheckpointFormatException(
            $"The checkpoint has no '{Format.Clip(name)}': it was written with other options, or is damaged.");

    private static KeyValuePair<string, T>[] TakeAll<T>(SortedDictionary<string, T> entries, string prefix)
    {
        string[] names = [.. entries.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        return [.. names.Select(name => KeyValuePair.Create(name[prefix.Length..], Take(entries, name)))];
    }
}
