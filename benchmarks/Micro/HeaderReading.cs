using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using QContinuum.Benchmarks.Micro.Headers;
using QContinuum.Protocol;

namespace QContinuum.Benchmarks.Micro;

/// <summary>Walks over frames as a processor's loop does: reads each header, and where its frame ends.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class HeaderReading
{
    private const int Count = 1000;
    private const int BodyBytes = 24;
    private const int MaxBody = 1024 * 1024;

    private readonly byte[] _bigEndian = Repeat([0, 7, 0, 0, 0, 9, 0, 0, 0, BodyBytes]);
    private readonly byte[] _threeByte = Repeat([BodyBytes, 0, 0, 9, 7]);
    private readonly byte[] _packed = Repeat([0x20, 7, 0, BodyBytes]);
    private readonly byte[] _varint = Repeat([7, BodyBytes]);

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Count), BenchmarkCategory("big-endian header")]
    public long BigEndianByHand()
    {
        long sum = 0;
        for (ReadOnlySpan<byte> rest = _bigEndian; HandWrittenHeaders.TryReadBigEndian(rest, MaxBody, out BigEndianHeader header, out int frame); rest = rest[frame..])
        {
            sum += header.Id;
        }

        return sum;
    }

    [Benchmark(Description = "toolkit", OperationsPerInvoke = Count), BenchmarkCategory("big-endian header")]
    public long BigEndian() => SumOfIds<BigEndianHeader>(_bigEndian);

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Count), BenchmarkCategory("24-bit header")]
    public long ThreeByteByHand()
    {
        long sum = 0;
        for (ReadOnlySpan<byte> rest = _threeByte; HandWrittenHeaders.TryReadThreeByte(rest, MaxBody, out ThreeByteHeader header, out int frame); rest = rest[frame..])
        {
            sum += header.Id;
        }

        return sum;
    }

    [Benchmark(Description = "toolkit", OperationsPerInvoke = Count), BenchmarkCategory("24-bit header")]
    public long ThreeByte() => SumOfIds<ThreeByteHeader>(_threeByte);

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Count), BenchmarkCategory("bit-packed header")]
    public long PackedByHand()
    {
        long sum = 0;
        for (ReadOnlySpan<byte> rest = _packed; HandWrittenHeaders.TryReadPacked(rest, MaxBody, out PackedHeader header, out int frame); rest = rest[frame..])
        {
            sum += header.Id;
        }

        return sum;
    }

    [Benchmark(Description = "toolkit", OperationsPerInvoke = Count), BenchmarkCategory("bit-packed header")]
    public long Packed() => SumOfIds<PackedHeader>(_packed);

    [Benchmark(Baseline = true, Description = "by hand", OperationsPerInvoke = Count), BenchmarkCategory("varint header")]
    public long VarintByHand()
    {
        long sum = 0;
        for (ReadOnlySpan<byte> rest = _varint; HandWrittenHeaders.TryReadVarint(rest, MaxBody, out VarintHeader header, out int frame); rest = rest[frame..])
        {
            sum += header.Id;
        }

        return sum;
    }

    [Benchmark(Description = "toolkit", OperationsPerInvoke = Count), BenchmarkCategory("varint header")]
    public long Varint() => SumOfIds<VarintHeader>(_varint);

    private static long SumOfIds<THeader>(ReadOnlySpan<byte> rest)
        where THeader : struct, IHeader<THeader>
    {
        long sum = 0;
        for (; Framing.TryReadFrame(rest, MaxBody, out THeader header, out FrameExtent extent) == FrameStatus.Complete; rest = rest[extent.Length..])
        {
            sum += Framing.IdOf(in header);
        }

        return sum;
    }

    private static byte[] Repeat(byte[] header)
        => [.. Enumerable.Range(0, Count).SelectMany(_ => header.Concat(new byte[BodyBytes]))];
}
