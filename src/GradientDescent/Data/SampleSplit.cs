using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Divides samples at random into two parts of exact sizes, with nearly the same share of each group in both.</summary>
/// <remarks>
/// The first part has round(fraction·samples) samples. A group is a class, or all samples without classes; its samples of weight 0 are a
/// group of their own, so that both parts have weight. The whole numbers of the classes, and then of the groups in each class, follow from
/// their quotas, fraction·size, by the method of the largest remainders, within bounds: the second part keeps a sample of each class.
/// </remarks>
internal static class SampleSplit
{
    /// <summary>Returns the indices of both parts, in ascending order.</summary>
    /// <param name="samples">The number of samples.</param>
    /// <param name="classOf">The class of a sample; <see langword="null"/>: there are no classes.</param>
    /// <param name="weightOf">The weight of a sample.</param>
    /// <param name="fraction">The fraction of the samples in the first part.</param>
    /// <param name="seed">The seed of the random order.</param>
    /// <param name="argument">The caller's name for the fraction, for exceptions.</param>
    /// <exception cref="ArgumentException">A part would have no sample, or no sample of a weight above 0.</exception>
    public static (int[] First, int[] Second) Divide(
        int samples, Func<int, double>? classOf, Func<int, double> weightOf, double fraction, long seed, string argument)
    {
        int total = (int)Math.Round(Guard.Between(fraction, 0, 1, argument) * samples, MidpointRounding.AwayFromZero);
        if (total == 0 || samples == 1 || (total == samples && classOf is null))
            throw Guard.Invalid(argument,
                $"{fraction} of {Format.Count(samples, "sample")} is {total}: both parts need at least one sample.");

        int[] order = new int[samples];
        new CounterRandom(seed, stream: -1).Permutation(order);
        Group[] groups = [.. order.GroupBy(sample => (Class: classOf?.Invoke(sample) ?? 0, HasWeight: weightOf(sample) > 0))
            .Select(members => new Group([.. members], members.Key.Class, members.Key.HasWeight))];
        foreach (IGrouping<double, Group> ofClass in groups.GroupBy(group => group.Class))
            ofClass.MaxBy(group => group.HasWeight)!.Maximum--; // stays in the second part

        Group heaviest = groups.Where(group => group.HasWeight).MaxBy(group => group.Maximum)!;
        if (heaviest.Maximum == 0)
            throw NoWeight(groups.Count(group => group.HasWeight));
        heaviest.Minimum = 1;
        ILookup<double, Group> classes = groups.ToLookup(group => group.Class);
        Group[] whole = [.. classes.Select(Group.Of)];
        Apportion(whole, fraction, total);
        foreach (Group ofClass in whole)
            Apportion([.. classes[ofClass.Class]], fraction, ofClass.Count);

        int[] first = [.. groups.SelectMany(group => group.Members.Take(group.Count)).Order()];
        int[] second = [.. groups.SelectMany(group => group.Members.Skip(group.Count)).Order()];
        return (first, second);

        ArgumentException NoWeight(int count) => count == 1
            ? Guard.Invalid(argument, $"{fraction} of {samples} samples: 1 of them has a weight above 0, and both parts need one.")
            : Guard.Invalid(argument,
                $"{fraction} of {samples} samples: {count} of them, each of another class, have a weight above 0. The second part keeps " +
                $"these, and the first part needs one too.");
    }

    /// <summary>Gives each group its whole number, so that the sum is the total or, where the bounds forbid it, next to it.</summary>
    private static void Apportion(Group[] groups, double fraction, int total)
    {
        foreach (Group group in groups)
        {
            group.Quota = fraction * group.Members.Length;
            group.Count = Math.Clamp((int)group.Quota, group.Minimum, group.Maximum);
        }

        // One round; more only where a bound holds a group far from its quota.
        int missing = total - groups.Sum(group => group.Count);
        while (missing != 0)
        {
            int one = Math.Sign(missing);
            Group[] next = [.. groups.Where(group => one > 0 ? group.Count < group.Maximum : group.Count > group.Minimum)
                .OrderByDescending(group => one * (group.Quota - group.Count)).Take(Math.Abs(missing))];
            if (next.Length == 0)
                return;
            foreach (Group group in next)
                group.Count += one;
            missing -= one * next.Length;
        }
    }

    private sealed class Group(int[] members, double label, bool hasWeight)
    {
        /// <summary>A class as one group, with the bounds of its groups together.</summary>
        public static Group Of(IEnumerable<Group> parts) => new([.. parts.SelectMany(part => part.Members)], parts.First().Class, true)
        {
            Minimum = parts.Sum(part => part.Minimum),
            Maximum = parts.Sum(part => part.Maximum),
        };

        public int[] Members => members;

        public double Class => label;

        public bool HasWeight => hasWeight;

        public double Quota { get; set; }

        public int Minimum { get; set; }

        public int Maximum { get; set; } = members.Length;

        public int Count { get; set; }
    }
}
