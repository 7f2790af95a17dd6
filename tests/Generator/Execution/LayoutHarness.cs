using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>
/// A message <c>M</c> that a test declares, compiled and loaded: what it is on the wire, and what it is read as, by each way that there is. What is
/// read lies between bytes of others, which must make no difference.
/// </summary>
internal sealed class LayoutHarness
{
    private const int Margin = 40;

    private static readonly string[] Ways = ["ReadSpan", "ReadMemory", "ReadReader", "ReadToMessage"];

    private readonly Func<string> _show;
    private readonly Func<byte[]> _frame;
    private readonly Func<byte[]> _body;
    private readonly Func<ReadOnlyMemory<byte>, string?>[] _readers;
    private readonly Func<ReadOnlyMemory<byte>, string?> _readFrame;

    private LayoutHarness(Type harness)
    {
        _frame = harness.GetMethod("Frame")!.CreateDelegate<Func<byte[]>>();
        _body = harness.GetMethod("Body")!.CreateDelegate<Func<byte[]>>();
        _readFrame = harness.GetMethod("ReadFrame")!.CreateDelegate<Func<ReadOnlyMemory<byte>, string?>>();
        _show = harness.GetMethod("Show")!.CreateDelegate<Func<string>>();
        _readers = [.. Ways
            .Select(harness.GetMethod)
            .OfType<System.Reflection.MethodInfo>()
            .Select(static method => method.CreateDelegate<Func<ReadOnlyMemory<byte>, string?>>())];
    }

    /// <summary>Compiles a message.</summary>
    /// <param name="declaration">The message <c>M</c>, and what belongs to it.</param>
    /// <param name="make">A message, as an expression.</param>
    /// <param name="show">The members of a message, or reader, <c>m</c>, as an expression of type string.</param>
    /// <param name="isHeaderSized">Whether it can be read from a whole frame only.</param>
    public static LayoutHarness Load(string declaration, string make, string show, bool isHeaderSized = false)
    {
        bool hasReader = !declaration.Contains("Span<", StringComparison.Ordinal);
        return new LayoutHarness(UserProject.Generate($$"""
            #nullable enable
            using System;
            using System.Buffers;
            using System.Linq;
            using System.Runtime.CompilerServices;
            using System.Text;
            using QContinuum;
            using QContinuum.Protocol;

            {{declaration}}

            public static class Harness
            {
                public static byte[] Frame() { M m = {{make}}; return Written(m); }

                public static string Show() { M m = {{make}}; return {{show}}; }

                public static byte[] Body() { M m = {{make}}; var body = new ArrayBufferWriter<byte>(); MessageCodec.WriteBody(in m, body); return body.WrittenSpan.ToArray(); }

                public static string? ReadFrame(ReadOnlyMemory<byte> frame) => MessageCodec.TryReadFrame(frame, out M m) ? {{show}} : null;

            {{(isHeaderSized ? "" : $"    public static string? ReadSpan(ReadOnlyMemory<byte> body) => MessageCodec.TryRead(body.Span, out M m) ? {show} : null;")}}

            {{(isHeaderSized ? "" : $"    public static string? ReadMemory(ReadOnlyMemory<byte> body) => MessageCodec.TryRead(body, out M m) ? {show} : null;")}}

            {{(hasReader ? $"    public static string? ReadReader(ReadOnlyMemory<byte> body) {{ M.Reader m; try {{ m = new M.Reader(body.Span); }} catch (ArgumentException) {{ return null; }} return {show}; }}" : "")}}

            {{(hasReader ? $"    public static string? ReadToMessage(ReadOnlyMemory<byte> body) {{ M m; try {{ m = new M.Reader(body.Span).ToMessage(); }} catch (ArgumentException) {{ return null; }} return {show}; }}" : "")}}

                private static object Number(object value) => value is Enum ? Convert.ToInt64(value) : value;

                private static byte[] Written<T>(scoped in T message) where T : IMessage<T>, allows ref struct
                {
                    byte[] frame = new byte[T.SizeOf(in message)];
                    T.WriteFrame(in message, frame, 0);
                    return frame;
                }
            }
            """).Load("Harness"));
    }

    /// <summary>The whole frame, as it is written.</summary>
    public byte[] Frame() => _frame();

    /// <summary>The body alone, as it is written.</summary>
    public byte[] Body() => _body();

    /// <summary>The message, as it was made.</summary>
    public string Show() => _show();

    /// <summary>What a frame is read as, or null.</summary>
    public string? ReadFrame(byte[] frame) => Same(frame, [_readFrame]);

    /// <summary>What a body is read as, or null; the same by each way.</summary>
    public string? Read(byte[] body) => Same(body, _readers);

    private static string? Same(byte[] bytes, Func<ReadOnlyMemory<byte>, string?>[] readers)
        => Assert.Single(readers.SelectMany(read => new[] { read(Between(bytes, 0x00)), read(Between(bytes, 0xFF)), read(bytes) }).Distinct());

    private static ReadOnlyMemory<byte> Between(byte[] bytes, byte others)
    {
        byte[] all = new byte[bytes.Length + (2 * Margin)];
        all.AsSpan().Fill(others);
        bytes.CopyTo(all, Margin);
        return all.AsMemory(Margin, bytes.Length);
    }
}
