using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>One return from a divergence.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record RecoveryRecord
{
    /// <summary>The number of steps made before the divergence was detected.</summary>
    public required long Step { get; init; }

    /// <summary>The divergence.</summary>
    public required StopDetails Divergence { get; init; }

    /// <summary>The step whose parameters the run returned to; 0 is the start.</summary>
    public required long ReturnedTo { get; init; }

    /// <summary>The factor on the rate from here on; it includes all returns so far.</summary>
    public required double RateFactor { get; init; }

    /// <summary>Describes the divergence and the point from which the run continued.</summary>
    public override string ToString() =>
        Format.Text($"step {Step}: {Divergence}; back to step {ReturnedTo}, at {RateFactor:G3} of the rate");
}
