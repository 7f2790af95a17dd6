using System.Runtime.CompilerServices;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>A place in memory: an object, and how far in. Unlike an address it stays right when the garbage collector moves the object.</summary>
/// <param name="Owner">The object.</param>
/// <param name="Offset">Bytes behind <see cref="First"/>.</param>
/// <param name="Index">Which of the objects of a run it is: the same in each.</param>
internal readonly record struct Place(object Owner, nint Offset, int Index)
{
    /// <summary>The first byte behind the object's header. Whatever the object is, its fields or elements follow.</summary>
    internal static ref byte First(object owner) => ref Unsafe.As<Bytes>(owner).First;

    /// <summary>How many bytes follow <see cref="First"/>.</summary>
    internal static unsafe nint Size(object owner)
    {
        // The table of methods begins with the size of an element, in two bytes, and has the size of an object without elements at offset 4, the header and
        // the pointer to this table included.
        byte* table = (byte*)owner.GetType().TypeHandle.Value;
        nint elements = owner is Array array ? (nint)array.LongLength * *(ushort*)table : 0;
        return *(int*)(table + 4) - (2 * nint.Size) + elements;
    }

    internal ref T As<T>() => ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref First(Owner), Offset));

    /// <summary>Seen as this, an object shows its bytes; it is never made.</summary>
    private sealed class Bytes
    {
        internal byte First;
    }
}
