namespace GradientDescent;

/// <summary>
/// Identifies the run that a checkpoint belongs to by all properties that must be the same when the run is continued. Learning rates, the
/// settings of schedules, and limits can change.
/// </summary>
internal sealed class RunIdentity
{
    private readonly List<(string Name, string Value)> _facts = [];

    public void Add(string name, object value) => _facts.Add((name, Format.Text($"{value}")));

    public void Save(Snapshot snapshot)
    {
        foreach ((string name, string value) in _facts)
            snapshot.Add("run." + name, value);
    }

    /// <exception cref="InvalidOperationException">
    /// The checkpoint belongs to another run; the message names the first difference.
    /// </exception>
    public void Require(Snapshot snapshot, string path)
    {
        foreach ((string name, string value) in _facts)
        {
            string found = snapshot.TakeText("run." + name);
            if (found != value)
                throw new InvalidOperationException(
                    $"'{Path.GetFileName(path)}' is the checkpoint of another run: it has {name} '{Format.Clip(found)}', this run has " +
                    $"'{Format.Clip(value)}'. Nothing was changed.");
        }
    }
}
