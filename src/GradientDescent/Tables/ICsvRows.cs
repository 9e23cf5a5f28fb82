namespace GradientDescent;

/// <summary>Collects the rows of a CSV file of numbers.</summary>
internal interface ICsvRows
{
    /// <summary>Adds a row, whose numbers are finite.</summary>
    /// <param name="features">The features, in memory that the next row uses again.</param>
    /// <param name="targets">The targets, in memory that the next row uses again.</param>
    /// <param name="weight">The weight; 1 if no column contains weights.</param>
    void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, double weight);

    /// <summary>Allocates memory for the rows of the whole file. Their number is an estimate.</summary>
    void Reserve(int rowCount);
}
