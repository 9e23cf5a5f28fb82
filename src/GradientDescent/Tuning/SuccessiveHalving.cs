using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// Finds the best of several ways to train. All start with few epochs; the best third continues for three times as many, and so on, until
/// one is left. Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS 2016, figure 3.
/// </summary>
/// <remarks>
/// <para>
/// n candidates take s + 1 rounds: nₖ₊₁ = ⌈nₖ/η⌉ candidates go on from round k, and round s has one. In round k each candidate is trained
/// until its run has ⌈E/ηˢ⁻ᵏ⌉ epochs. Runs are continued, never restarted: the winner's run equals one of a <see cref="Trainer"/> with its
/// settings and E epochs, bit for bit. Schedules are those of a run of E epochs. A candidate that diverges is out.
/// </para>
/// <para>
/// The candidates are ranked by the validation loss if <see cref="FitOptions.Validation"/> is set, otherwise by the loss over all samples,
/// penalty included. Of equal ones, the earlier is better. A method that starts slowly and ends well can be out too early; give it a run
/// of its own. <see cref="HyperparameterSearch.Halving"/> increases the number of samples instead, for settings of any kind.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var candidates = from rate in (double[])[0.001, 0.01, 0.1, 1]
///                  from schedule in (ISchedule[])[new ConstantSchedule(), new CosineDecay(Horizon.Fraction(1))]
///                  select new TrainingCandidate(new Adam(rate)) { Schedule = schedule };
/// var model = new LinearRegression();
/// HalvingResult halving = SuccessiveHalving.Run(model, data, [.. candidates], options: new() { Epochs = 18 });
/// Console.WriteLine(string.Join(", ", halving.Rounds.Select(round =&gt; $"{round.Standings.Length} for {round.Epochs}")));
/// // 8 for 2, 3 for 6, 1 for 18
/// </code></example>
public static class SuccessiveHalving
{
    /// <summary>Trains the candidates and stores the winner's best parameters in the model.</summary>
    /// <param name="model">The model. All candidates start at its initial parameters.</param>
    /// <param name="data">The samples.</param>
    /// <param name="candidates">The candidates, at least one.</param>
    /// <param name="loss">The loss; <see langword="null"/> for the squared error or the cross-entropy.</param>
    /// <param name="fitOptions">The validation, penalty, scaling and start; <see langword="null"/> for the defaults.</param>
    /// <param name="options">The epochs, the factor and the seed; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">A token that ends the runs; the model is then unchanged.</param>
    /// <exception cref="ArgumentException">There are no candidates, or the arguments do not match.</exception>
    /// <exception cref="InvalidOperationException">Every candidate diverged. The model is unchanged.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static HalvingResult Run(
        IModel model,
        Dataset data,
        IReadOnlyList<TrainingCandidate> candidates,
        ILoss? loss = null,
        FitOptions? fitOptions = null,
        HalvingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        options ??= new();
        if (candidates.Count == 0)
            throw Guard.Invalid(nameof(candidates), $"There are no candidates: at least one is needed.");
        CandidateRun[] runs = [.. candidates.Select(candidate => new CandidateRun(
            Guard.NotNull(candidate, nameof(candidates)), model, data, loss, fitOptions, options.Epochs, options.Seed,
            cancellationToken))];
        (ImmutableArray<HalvingRound> rounds, CandidateRun? winner) = Rounds(data, runs, options, cancellationToken);
        if (winner is null)
            throw new InvalidOperationException($"Every candidate diverged. {rounds[^1].Standings[0]}");
        winner.Store();
        return new(rounds, winner.Candidate, winner.Result);
    }

    /// <summary>Trains the candidates; stores nothing. There is no winner if all diverged.</summary>
    internal static (ImmutableArray<HalvingRound> Rounds, CandidateRun? Winner) Rounds(
        Dataset data, CandidateRun[] runs, HalvingOptions options, CancellationToken cancellation)
    {
        ImmutableArray<HalvingRound>.Builder rounds = ImmutableArray.CreateBuilder<HalvingRound>();
        var parallel = new SelectionOptions { MaxParallelFits = options.MaxParallelFits };
        int left = HalvingCounts.RoundsDownToOne(runs.Length, options.Factor);
        for (long divisor = HalvingCounts.Power(options.Factor, left); ; divisor /= options.Factor, left--)
        {
            int epochs = (int)((options.Epochs + divisor - 1) / divisor);
            ParallelFits.Run(data, runs.Length, parallel, k =>
            {
                if (left == 0)
                    return runs[k].Complete();
                runs[k].AdvanceTo(epochs);
                return runs[k].Result;
            }, cancellation);
            CandidateRun[] ranked = [.. runs.OrderBy(run => run.Rank)];
            CandidateRun[] kept =
                [.. ranked.Take(left == 0 ? 1 : HalvingCounts.Kept(runs.Length, options.Factor)).Where(run => !run.HasDiverged)];
            rounds.Add(new(epochs,
                [.. ranked.Select((run, place) => new CandidateStanding(run.Candidate, run.Result, isKept: place < kept.Length))]));
            if (left == 0 || kept.Length == 0)
                return (rounds.ToImmutable(), kept.FirstOrDefault());
            runs = kept;
        }
    }
}
