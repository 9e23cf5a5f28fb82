namespace GradientDescent;

/// <summary>Provides the facts that a checkpoint compares, so that a run is not continued on another problem.</summary>
internal interface IIdentified
{
    /// <summary>The facts that must be the same for a run to be continued.</summary>
    IEnumerable<(string Name, object Value)> Identity { get; }
}
