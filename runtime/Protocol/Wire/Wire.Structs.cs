using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum.Protocol;

/// <content>Structs within a message, and arrays of a fixed length.</content>
public static partial class Wire
{
    /// <summary>Whether the bytes of a struct are one.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsValidStruct<T>(ref readonly byte origin, int offset, bool isBigEndian)
        where T : struct, IWireStruct<T>
        => T.IsValid(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset), isBigEndian);

    /// <summary>Reads a struct.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ReadStruct<T>(ref readonly byte origin, int offset, bool isBigEndian)
        where T : struct, IWireStruct<T>
        => T.Read(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset), isBigEndian);

    /// <summary>Writes a struct.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteStruct<T>(ref byte origin, int offset, scoped in T value, bool isBigEndian)
        where T : struct, IWireStruct<T>
        => T.Write(ref Unsafe.Add(ref origin, offset), in value, isBigEndian);

    /// <summary>Whether the bytes of an inline array of structs are that.</summary>
    /// <typeparam name="T">The struct.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    public static bool AreValidStructs<T>(ref readonly byte origin, int offset, int count, bool isBigEndian)
        where T : struct, IWireStruct<T>
    {
        for (int index = 0; index < count; index++)
        {
            if (!IsValidStruct<T>(in origin, offset + (index * T.Size), isBigEndian))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads an inline array of structs.</summary>
    /// <typeparam name="TArray">The inline array.</typeparam>
    /// <typeparam name="T">The struct, which its elements are.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="count">How many elements it has.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    public static TArray ReadStructArray<TArray, T>(ref readonly byte origin, int offset, int count, bool isBigEndian)
        where TArray : struct
        where T : struct, IWireStruct<T>
    {
        TArray array = default;
        Span<T> elements = Elements<TArray, T>(ref array, count);
        for (int index = 0; index < elements.Length; index++)
        {
            elements[index] = ReadStruct<T>(in origin, offset + (index * T.Size), isBigEndian);
        }

        return array;
    }

    /// <summary>Writes an inline array of structs.</summary>
    /// <typeparam name="TArray">The inline array.</typeparam>
    /// <typeparam name="T">The struct, which its elements are.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="count">How many elements it has.</param>
    /// <param name="array">The array.</param>
    /// <param name="isBigEndian">The byte order of members that say none.</param>
    public static void WriteStructArray<TArray, T>(ref byte origin, int offset, int count, TArray array, bool isBigEndian)
        where TArray : struct
        where T : struct, IWireStruct<T>
    {
        Span<T> elements = Elements<TArray, T>(ref array, count);
        for (int index = 0; index < elements.Length; index++)
        {
            WriteStruct(ref origin, offset + (index * T.Size), in elements[index], isBigEndian);
        }
    }

    /// <summary>Reads an inline array of numbers.</summary>
    /// <typeparam name="TArray">The inline array.</typeparam>
    /// <typeparam name="T">The number, of 1, 2, 4, 8 or 16 bytes, which its elements are.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="count">How many elements it has.</param>
    /// <param name="byteOrder">The byte order of each.</param>
    public static TArray ReadArray<TArray, T>(ref readonly byte origin, int offset, int count, ByteOrder byteOrder)
        where TArray : struct
        where T : unmanaged
    {
        TArray array = default;
        ReadNumbers<T>(in origin, offset, count, byteOrder).CopyTo(Elements<TArray, T>(ref array, count));
        return array;
    }

    /// <summary>Writes an inline array of numbers.</summary>
    /// <typeparam name="TArray">The inline array.</typeparam>
    /// <typeparam name="T">The number, of 1, 2, 4, 8 or 16 bytes, which its elements are.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="count">How many elements it has.</param>
    /// <param name="array">The array.</param>
    /// <param name="byteOrder">The byte order of each.</param>
    public static void WriteArray<TArray, T>(ref byte origin, int offset, int count, TArray array, ByteOrder byteOrder)
        where TArray : struct
        where T : unmanaged
        => WriteNumbers<T>(ref origin, offset, Elements<TArray, T>(ref array, count), byteOrder);

    /// <summary>Reads numbers where they lie.</summary>
    /// <typeparam name="T">The number, of 1, 2, 4, 8 or 16 bytes.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="byteOrder">The byte order of each.</param>
    public static WireSpan<T> ReadNumbers<T>(ref readonly byte origin, int offset, int count, ByteOrder byteOrder)
        where T : unmanaged
        => new(MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in origin), offset), count * Unsafe.SizeOf<T>()), byteOrder);

    /// <summary>Writes numbers one behind the other.</summary>
    /// <typeparam name="T">The number, of 1, 2, 4, 8 or 16 bytes.</typeparam>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="byteOrder">The byte order of each.</param>
    public static void WriteNumbers<T>(ref byte origin, int offset, scoped ReadOnlySpan<T> values, ByteOrder byteOrder)
        where T : unmanaged
        => ((WireSpan<T>)values).CopyBytesTo(
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, offset), values.Length * Unsafe.SizeOf<T>()),
            byteOrder);

    /// <summary>Writes zeros.</summary>
    /// <param name="origin">The first byte of the layout.</param>
    /// <param name="offset">Bytes from <paramref name="origin"/>.</param>
    /// <param name="size">How many there are.</param>
    public static void Clear(ref byte origin, int offset, int size) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref origin, offset), size).Clear();

    // An inline array is its elements, one behind the other: their number is part of its declaration, which the generator has read.
    private static Span<T> Elements<TArray, T>(ref TArray array, int count)
        where TArray : struct
    {
        Debug.Assert(Unsafe.SizeOf<TArray>() >= count * Unsafe.SizeOf<T>(), "an inline array holds its elements");
        return MemoryMarshal.CreateSpan(ref Unsafe.As<TArray, T>(ref array), count);
    }
}
