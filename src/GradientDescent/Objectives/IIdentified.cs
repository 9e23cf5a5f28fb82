namespace GradientDescent;

/// <summary>Says what a checkpoint compares, so that a run is never continued on another problem.</summary>
internal interface IIdentified
{
    /// <summary>The facts that must be the same for a run to be continued.</summary>
    IEnumerable<(string Name, object Value)> Identity { get; }
}
