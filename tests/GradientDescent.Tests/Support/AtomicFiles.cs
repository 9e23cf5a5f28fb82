using System.Reflection;

namespace GradientDescent.Tests.Support;

/// <summary>
/// The library's internal <c>AtomicFile</c>. The other assemblies have a class of the same name, so it is called by reflection.
/// </summary>
internal static class AtomicFiles
{
    private static readonly Type _type = typeof(Trainer).Assembly.GetType("GradientDescent.AtomicFile", throwOnError: true)!;

    public static void Write(string path, Action<Stream> write) => Call("Write", path, write);

    public static bool IsSame(string path, string other) => (bool)Call("IsSame", path, other)!;

    private static object? Call(string method, params object[] arguments) => _type.GetMethod(method)!
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
