using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using MessagePack;
using QContinuum.Benchmarks.Micro.Messages;

namespace QContinuum.Benchmarks.Micro;

/// <summary>A MessagePack body through the toolkit, beside MessagePack called on the same bytes with the same options.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class MessagePackBodies
{
    private const int MostBytes = 512;

    private static readonly MessagePackSerializerOptions s_options = MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);

    private readonly Order _order = new() { Number = 4711, Customer = "Ada Lovelace", Amounts = [1, 20, 300, 4000, 50_000], Note = "to be delivered in the morning" };
    private readonly ReusedWriter _writer = new(MostBytes);
    private readonly byte[] _body;

    public MessagePackBodies() => _body = MessagePackSerializer.Serialize(_order, s_options);

    [Benchmark(Baseline = true, Description = "MessagePack"), BenchmarkCategory("read a MessagePack body")]
    public Order ReadDirectly() => MessagePackSerializer.Deserialize<Order>(_body, s_options);

    [Benchmark(Description = "toolkit"), BenchmarkCategory("read a MessagePack body")]
    public Order Read() => MessageCodec.TryRead(_body.AsMemory(), out Order order) ? order : throw new InvalidDataException();

    [Benchmark(Baseline = true, Description = "MessagePack"), BenchmarkCategory("write a MessagePack body")]
    public int WriteDirectly()
    {
        _writer.Reset();
        MessagePackSerializer.Serialize(_writer, _order, s_options);
        return _writer.Written;
    }

    [Benchmark(Description = "toolkit"), BenchmarkCategory("write a MessagePack body")]
    public int Write()
    {
        _writer.Reset();
        MessageCodec.WriteBody(in _order, _writer);
        return _writer.Written;
    }
}
