using GradientDescent.Kernels;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Kernels;

/// <summary>Work in pieces on several threads.</summary>
public sealed class ThreadTeamTests
{
    [Fact]
    public void Run_OfMorePiecesThanThreads_UsesSeveralThreadsAndDoesEveryPieceOnce()
    {
        var team = new ThreadTeam(4);
        int[] done = new int[64];

        for (int round = 1; round <= 50; round++)
        {
            var meeting = new Meeting();
            team.Run(new Census(done, meeting), 64);
            meeting.HasTakenPlace.Should().BeTrue();
            done.Should().OnlyContain(count => count == round);
        }
    }

    [Fact]
    public void Run_OfWorkThatThrows_ThrowsItHereAndCanBeUsedAgain()
    {
        var team = new ThreadTeam(3);

        team.Invoking(c => c.Run(new Failing(), 100)).Should().Throw<InvalidDataException>().WithMessage("piece");

        int[] done = new int[10];
        team.Run(new Census(done), 10);
        done.Should().OnlyContain(count => count == 1);
    }

    [Fact]
    public void Run_AgainAndAgain_AllocatesNothing()
    {
        var team = new ThreadTeam(2);
        var work = new Census(new int[8]);
        for (int round = 0; round < 2000; round++)
            team.Run(work, 8);

        long allocated = AllocatedBytes.Of(() =>
        {
            for (int round = 0; round < 1000; round++)
                team.Run(work, 8);
        });

        allocated.Should().Be(0);
    }

    private sealed class Census(int[] done, Meeting? meeting = null) : IParallelWork
    {
        public void Execute(int piece)
        {
            Interlocked.Increment(ref done[piece]);
            meeting?.Arrive();
        }
    }

    private sealed class Failing : IParallelWork
    {
        public void Execute(int piece)
        {
            if (piece == 5)
                throw new InvalidDataException("piece");
        }
    }
}
