using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The options of <c>gd fit</c> that say how the model is trained.</summary>
internal sealed class TrainingArguments
{
    private const int DefaultEpochs = 1000;

    private readonly Option<string?> _optimizer = Arguments.Word(
        "--optimizer", "NAME", TrainingCatalog.Optimizers,
        $"Trains with {string.Join(", ", TrainingCatalog.Optimizers)}. Without it, gd finds the best model and needs no settings. "
        + "Ctrl-C stops both and keeps the model found so far.");
    private readonly Option<double?> _rate = Arguments.Number(
        "--rate", rate => rate > 0, "greater than 0", "Learning rate. Default: that of the optimizer.");
    private readonly Option<string?> _schedule = Arguments.Word(
        "--schedule", "NAME", TrainingCatalog.Schedules,
        $"Change of the learning rate during the run: {string.Join(", ", TrainingCatalog.Schedules)} (rises, then cosine). "
        + "Default: constant.");
    private readonly Option<Batching?> _batch = new("--batch")
    {
        Description = "Samples per step, or full. Default: that of the optimizer.",
        HelpName = "N",
        CustomParser = argument =>
            Parsed(argument, TrainingCatalog.Batches(argument.Tokens[0].Value), "--batch", "a whole number from 1, or full"),
    };
    private readonly Option<int?> _epochs = Arguments.WholeNumber("--epochs", 1, "Maximum passes over the data. Default: 1000.");
    private readonly Option<IPenalty?> _penalty = new("--penalty")
    {
        Description = "Regularization added to the loss: l2=0.1, l1=0.1 (makes some coefficients exactly 0) or elastic=0.1 (half of each).",
        HelpName = "KIND=NUMBER",
        CustomParser = argument => Parsed(
            argument, TrainingCatalog.Penalty(argument.Tokens[0].Value), "--penalty",
            "l2, l1 or elastic, then = and a number of at least 0, such as l2=0.1"),
    };
    private readonly Option<double?> _validate = Arguments.Number(
        "--validate", share => share is > 0 and < 1, "greater than 0 and less than 1",
        "Share of the samples to hold out for validation, such as 0.2.");
    private readonly Option<long?> _seed = Arguments.WholeNumber(
        "--seed", long.MinValue, "Seed for the choice of the held-out samples and for the order of the samples. Default: 0.");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _validate, _optimizer, _rate, _schedule, _batch, _epochs, _penalty, _seed })
            command.Add(option);
    }

    /// <summary>Adds an error for each option that does not apply.</summary>
    public void Check(CommandResult result)
    {
        if (result.TextOf(_optimizer) is not { } name)
        {
            foreach (Option option in new Option[] { _rate, _schedule, _batch, _epochs })
            {
                if (result.GetResult(option) is not null)
                    result.AddError(
                        $"{option.Name} needs --optimizer: without it, gd finds the best model and takes no settings but --penalty.");
            }

            return;
        }

        string? known = TrainingCatalog.Optimizers.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
            return;
        IOptimizer optimizer = TrainingCatalog.Optimizer(known, null);
        if (optimizer.Batching.IsFull && result.TextOf(_batch) is { } batch && TrainingCatalog.Batches(batch) is { IsFull: false })
            result.AddError($"--batch is {batch}: {known} uses full batches only.");
        foreach (Option option in new Option[] { _rate, _schedule })
        {
            if (!optimizer.HasLearningRate && result.GetResult(option) is not null)
                result.AddError($"{option.Name} does not apply: {known} finds its steps itself and has no learning rate.");
        }
    }

    public FitSettings Of(ParseResult parsed) => new(
        parsed.GetValue(_optimizer) is { } name ? TrainingCatalog.Optimizer(name, parsed.GetValue(_rate)) : null,
        new TrainingOptions
        {
            MaxEpochs = parsed.GetValue(_epochs) ?? DefaultEpochs,
            Schedule = TrainingCatalog.Schedule(parsed.GetValue(_schedule) ?? "constant"),
            Batching = parsed.GetValue(_batch),
            Seed = parsed.GetValue(_seed) ?? 0,
        },
        new FitOptions { Penalty = parsed.GetValue(_penalty) },
        parsed.GetValue(_validate));

    private static T Parsed<T>(ArgumentResult argument, T value, string name, string allowed)
    {
        if (value is null)
            argument.AddError($"{name} is '{argument.Tokens[0].Value}': it must be {allowed}.");
        return value;
    }
}
