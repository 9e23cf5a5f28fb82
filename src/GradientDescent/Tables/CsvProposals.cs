namespace GradientDescent;

/// <summary>Other options for a file that could not be read, in the message and in the data of an exception.</summary>
internal static class CsvProposals
{
    /// <summary>The key in <see cref="Exception.Data"/> of the message without the proposals.</summary>
    public const string ProblemKey = "GradientDescent.Problem";

    /// <summary>
    /// The key in <see cref="Exception.Data"/> of the proposals: an array of options, each with what they do, such as "reads it as 12".
    /// </summary>
    public const string OptionsKey = "GradientDescent.CsvOptions";

    /// <summary>The key in <see cref="Exception.Data"/> of the columns that a file lacks: an array of names.</summary>
    public const string AbsentKey = "GradientDescent.AbsentColumns";

    /// <summary>Creates the exception for a field of a file, without proposals.</summary>
    public static InvalidDataException At(string source, long line, string column, string problem) =>
        new(Format.Text($"{source}, line {line}, column '{VisibleText.OneLine(column)}': {problem}"));

    /// <summary>Creates an exception with a last sentence for programs.</summary>
    public static InvalidDataException Error(string problem, string advice)
    {
        var error = new InvalidDataException($"{problem} {advice}");
        error.Data[ProblemKey] = problem;
        return error;
    }

    /// <summary>Creates an exception. The last sentence of its message contains the proposals in C#, if there are any.</summary>
    public static InvalidDataException Error(string problem, CsvOptions current, params KeyValuePair<CsvOptions, string>[] proposals)
    {
        if (proposals.Length == 0)
            return new InvalidDataException(problem);
        string sentence = string.Join("; ", proposals.Select(proposal => $"{proposal.Key.ChangesFrom(current)} {proposal.Value}"));
        var error = new InvalidDataException($"{problem} {sentence}.");
        error.Data[ProblemKey] = problem;
        error.Data[OptionsKey] = proposals;
        return error;
    }
}
