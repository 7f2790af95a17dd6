using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Before each read another thread may go on; what is written is seen by others later, in some scenarios at once.</summary>
internal static class Volatile
{
    [return: NotNullIfNotNull(nameof(location))]
    internal static T Read<T>(
        ref readonly T location,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
    {
        ref T place = ref Unsafe.AsRef(in location);
        return (Controlled.Current is { } current ? Memory.Read(current, ref place, new Site(target, member, file)) : place)!;
    }

    internal static void Write<T>(
        [NotNullIfNotNull(nameof(value))] ref T location,
        T value,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
    {
        if (Controlled.Current is { } current)
        {
            Memory.Write(current, ref location, value, new Site(target, member, file));
        }
        else
        {
            location = value;
        }
    }
}
