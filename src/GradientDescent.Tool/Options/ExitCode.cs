namespace GradientDescent.Tool;

/// <summary>The exit codes of <c>gd</c>. Scripts rely on them.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int DataError = 1;
    public const int WrongUsage = 2;
    public const int InternalError = 70; // EX_SOFTWARE of sysexits.h
    public const int Interrupted = 130; // 128 + SIGINT, as shells report for a program that Ctrl-C ended
}
