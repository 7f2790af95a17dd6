using System.Buffers;
using System.Runtime.InteropServices;

namespace QContinuum.Fuzz.Tests;

/// <summary>
/// Memory whose neighbours cannot be read: what reads a byte behind the input, or before it, ends the process at once.
/// </summary>
internal sealed unsafe partial class GuardedMemory : MemoryManager<byte>
{
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 2 | 0x20;
    private const int PageSize = 4096;

    private readonly int _mapped;
    private readonly byte* _mapping;

    public GuardedMemory(int capacity)
    {
        Capacity = (capacity + PageSize - 1) / PageSize * PageSize;
        _mapped = Capacity + (2 * PageSize);
        nint mapping = Map(0, (nuint)_mapped, 0, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, mapping);
        Assert.Equal(0, Protect(mapping + PageSize, (nuint)Capacity, ReadWrite));
        _mapping = (byte*)mapping;
    }

    public int Capacity { get; }

    /// <summary>Copies bytes to where the first byte behind them cannot be read.</summary>
    public ReadOnlyMemory<byte> PlaceAtEnd(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan()[(Capacity - bytes.Length)..]);
        return Memory[(Capacity - bytes.Length)..];
    }

    /// <summary>Copies bytes to where the last byte before them cannot be read.</summary>
    public ReadOnlyMemory<byte> PlaceAtStart(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan());
        return Memory[..bytes.Length];
    }

    public override Span<byte> GetSpan() => new(_mapping + PageSize, Capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_mapping + PageSize + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _ = Unmap((nint)_mapping, (nuint)_mapped);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
