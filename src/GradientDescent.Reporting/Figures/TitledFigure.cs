namespace GradientDescent.Reporting;

/// <summary>A figure with its title and its description.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">A sentence that says what the figure shows.</param>
/// <param name="Figure">The figure.</param>
internal sealed record TitledFigure(string Title, string Description, Figure Figure);
