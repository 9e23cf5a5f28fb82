namespace GradientDescent;

/// <summary>A sum over samples that may have a short way to evaluate single ones.</summary>
internal interface IRowSum
{
    /// <summary>What evaluates single samples; <see langword="null"/>: evaluate a batch of one.</summary>
    RowWorker? Rows { get; }

    /// <summary>What evaluates samples on sparse rows; <see langword="null"/>: the rows are dense.</summary>
    SparseWorker? SparseRows { get; }
}
