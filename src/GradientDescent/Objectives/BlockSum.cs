using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Adds the losses and gradients of blocks of rows in a fixed order, on one thread or several.</summary>
internal sealed class BlockSum : IParallelWork
{
    private const int BlocksPerThread = 4;

    private readonly Func<IBlockWorker> _newWorker;
    private readonly int _workPerSample;
    private readonly int _blockRows;
    private readonly int _threads;
    private readonly long _parallelThreshold;
    private readonly List<Block> _blocks = [];
    private ThreadTeam? _team;
    private Job _job;

    /// <param name="newWorker">Creates what evaluates a block.</param>
    /// <param name="workPerSample">The work that a sample makes, such as its number of features.</param>
    /// <param name="blockRows">The number of rows in a block.</param>
    /// <param name="threads">The maximum number of threads.</param>
    /// <param name="parallelThreshold">The smallest work of an evaluation for which several threads are used.</param>
    public BlockSum(Func<IBlockWorker> newWorker, int workPerSample, int blockRows, int threads, long parallelThreshold)
    {
        (_newWorker, _workPerSample) = (newWorker, workPerSample);
        (_blockRows, _threads, _parallelThreshold) = (blockRows, Math.Min(threads, ThreadTeam.MaxSize), parallelThreshold);
    }

    /// <summary>Adds a batch to a gradient.</summary>
    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        var sum = default(LossSum);
        if (gradient.IsEmpty && batch.Count <= _blockRows)
            return BlockAt(0).Worker.Add(parameters, in batch, gradient);
        Run(parameters, in batch, batch.Count, gradient, new Span<LossSum>(ref sum), isAdding: true);
        return sum;
    }

    /// <summary>Evaluates each part of a batch separately; see <see cref="IStochasticObjective.EvaluateParts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients,
        Span<LossSum> sums)
    {
        gradients.Clear();
        if (sums.Length == 1 && batch.Count <= _blockRows)
        {
            sums[0] = BlockAt(0).Worker.Add(parameters, in batch, gradients); // most mini-batches
            return;
        }

        sums.Clear();
        Run(parameters, in batch, partLength, gradients, sums, isAdding: false);
    }

    private void Run(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients, Span<LossSum> sums,
        bool isAdding)
    {
        if (_threads > 1 && (long)batch.Count * _workPerSample >= _parallelThreshold)
            RunInParallel(parameters, in batch, partLength, gradients, sums);
        else
            RunAlone(parameters, in batch, partLength, gradients, sums, isAdding);
    }

    private void RunAlone(
        ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients, Span<LossSum> sums, bool isAdding)
    {
        int length = gradients.Length / sums.Length;
        for (int part = 0; part < sums.Length; part++)
        {
            int end = (int)Math.Min((long)(part + 1) * partLength, batch.Count);
            Span<double> gradient = gradients.Slice(part * length, length);
            for (int start = part * partLength; start < end; start += _blockRows)
            {
                Block block = BlockAt(0);
                SampleBatch rows = batch.Slice(start, Math.Min(_blockRows, end - start));
                if (gradient.IsEmpty || (start == part * partLength && !isAdding))
                {
                    // the gradient is 0: the block adds to it directly
                    sums[part] += block.Worker.Add(parameters, in rows, gradient);
                    continue;
                }

                block.Clear(length);
                sums[part] += block.Worker.Add(parameters, in rows, block.Gradient[..length]);
                Reductions.AddScaled<double>(gradient, 1, block.Gradient[..length]);
            }
        }
    }

    /// <summary>Evaluates the blocks in waves. In a wave, any thread may evaluate any block; then the blocks are added in order.</summary>
    private unsafe void RunInParallel(
        ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients, Span<LossSum> sums)
    {
        int length = gradients.Length / sums.Length, blocksPerPart = (partLength + _blockRows - 1) / _blockRows,
            wave = _threads * BlocksPerThread;
        fixed (double* pinnedParameters = parameters)
        {
            fixed (int* pinnedIndices = batch.Indices)
            {
                int first = batch.IsRange ? batch[0] : 0;
                for (int start = 0, blockCount = blocksPerPart * sums.Length; start < blockCount; start += wave)
                {
                    int count = Math.Min(wave, blockCount - start);
                    for (int i = 0; i < count; i++)
                        BlockAt(i).Clear(length);
                    _job = new Job(pinnedParameters, pinnedIndices, first, batch.Count, start, blocksPerPart, partLength, length,
                        parameters.Length, batch.Epoch, batch.Number, batch.RandomSeed);
                    (_team ??= new ThreadTeam(_threads)).Run(this, count);
                    for (int i = 0; i < count; i++)
                    {
                        int part = (start + i) / blocksPerPart;
                        sums[part] += _blocks[i].Sum;
                        Reductions.AddScaled<double>(gradients.Slice(part * length, length), 1, _blocks[i].Gradient[..length]);
                    }
                }
            }
        }
    }

    unsafe void IParallelWork.Execute(int piece)
    {
        Block block = _blocks[piece];
        int part = (_job.FirstBlock + piece) / _job.BlocksPerPart, place = (_job.FirstBlock + piece) % _job.BlocksPerPart;
        int end = (int)Math.Min((long)(part + 1) * _job.PartLength, _job.SampleCount), start = part * _job.PartLength + place * _blockRows;
        int count = Math.Min(_blockRows, end - start);
        if (count <= 0)
        {
            block.Sum = default;
            return;
        }

        SampleBatch rows = _job.Indices is null
            ? SampleBatch.FromRange(_job.FirstSample + start, count, _job.Epoch, _job.Number)
            : new SampleBatch(new ReadOnlySpan<int>(_job.Indices + start, count), [], _job.Epoch, _job.Number);
        rows = rows with { RandomSeed = _job.RandomSeed };
        block.Sum = block.Worker.Add(new ReadOnlySpan<double>(_job.Parameters, _job.ParameterCount), in rows,
            block.Gradient[.._job.GradientLength]);
    }

    private Block BlockAt(int index)
    {
        while (_blocks.Count <= index)
            _blocks.Add(new Block(_newWorker()));
        return _blocks[index];
    }

    /// <summary>The data that all blocks of a wave share. The pointers are pinned during the wave.</summary>
    private readonly unsafe struct Job(
        double* parameters, int* indices, int firstSample, int sampleCount, int firstBlock, int blocksPerPart, int partLength,
            int gradientLength, int parameterCount, long epoch, int number, long? randomSeed)
    {
        public readonly double* Parameters = parameters;
        public readonly int* Indices = indices;
        public readonly int FirstSample = firstSample;
        public readonly int SampleCount = sampleCount;
        public readonly int FirstBlock = firstBlock;
        public readonly int BlocksPerPart = blocksPerPart;
        public readonly int PartLength = partLength;
        public readonly int GradientLength = gradientLength;
        public readonly int ParameterCount = parameterCount;
        public readonly long Epoch = epoch;
        public readonly int Number = number;
        public readonly long? RandomSeed = randomSeed;
    }

    /// <summary>One block's worker and results.</summary>
    private sealed class Block(IBlockWorker worker)
    {
        private AlignedArray<double> _gradient = new(0);

        public IBlockWorker Worker { get; } = worker;

        public Span<double> Gradient => _gradient.Span;

        public LossSum Sum { get; set; }

        public void Clear(int length)
        {
            if (_gradient.Length < length)
                _gradient = new AlignedArray<double>(length);
            else
                _gradient.Span[..length].Clear();
        }
    }
}
