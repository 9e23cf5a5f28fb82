using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The options of an <see cref="OnlineTrainer"/>. A copy with changes is made by <c>with</c>.</summary>
public sealed record OnlineOptions
{
    /// <summary>
    /// The schedule of the learning rate, by steps: one step for each batch. A schedule that needs the planned length of a run or the
    /// loss of an epoch is refused.
    /// </summary>
    public ISchedule Schedule { get; init => field = value ?? throw new ArgumentNullException(nameof(Schedule)); } = new ConstantSchedule();

    /// <summary>Changes of each gradient before its step, such as clipping.</summary>
    public ImmutableArray<IGradientTransform> GradientTransforms { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The regularization that is added to the mean loss; it needs <see cref="FeatureScaling.None"/>.</summary>
    public IPenalty? Penalty { get; init; }

    /// <summary>
    /// <see cref="FeatureScaling.Standardize"/>: dense features of a linear model are centred and divided by their standard deviation over
    /// all samples so far (without an intercept they are divided by the root of their mean square);
    /// <see cref="FeatureScaling.None"/>: they are used as they are. Unset: standardised for a linear model on dense data without a
    /// penalty, unless parameters are frozen or the optimizer keeps parameters of earlier steps, as averages do.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is another scaling.</exception>
    public FeatureScaling? Scaling
    {
        get;
        init => field = value is null or FeatureScaling.None or FeatureScaling.Standardize
            ? value
            : throw Guard.OutOfRange(nameof(Scaling), value, "Standardize or None");
    }

    /// <summary>Which parameters a sparse batch moves.</summary>
    public SparseUpdates SparseUpdates { get; init => field = Guard.Defined(value, nameof(SparseUpdates)); }

    /// <summary>The parameters to start from, in the units of the data; unset: those of a fitted model, or the model's start.</summary>
    public ImmutableArray<double> Start { get; init; }

    /// <summary>The number of samples after which a sample counts half in the recent means; finite and greater than 0.</summary>
    public double HalfLife { get; init => field = Guard.Positive(value, nameof(HalfLife)); } = 10_000;

    /// <summary>The test for a drift; <see langword="null"/>: none.</summary>
    public PageHinkleyTest? Drift { get; init; }

    /// <summary>
    /// Whether the parameters are stored in the model after each batch. With many parameters, set <see langword="false"/> and call
    /// <see cref="OnlineTrainer.Store"/> when the model is used.
    /// </summary>
    public bool StoresEachBatch { get; init; } = true;

    /// <summary>The seed of random starts and of random numbers in the model.</summary>
    public long Seed { get; init; }

    /// <summary>The maximum number of threads for large batches, at least 1. The result does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1, nameof(MaxDegreeOfParallelism)); } =
        Environment.ProcessorCount;

    /// <summary>The options of the loop, which has no end of its own.</summary>
    internal TrainingOptions ForLoop => new()
    {
        MaxSkippedBatches = int.MaxValue,
        Schedule = Schedule,
        GradientTransforms = GradientTransforms,
        SparseUpdates = SparseUpdates,
        Seed = Seed,
        MaxDegreeOfParallelism = MaxDegreeOfParallelism,
    };
}
