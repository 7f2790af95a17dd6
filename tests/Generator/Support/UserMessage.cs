namespace QContinuum.Generator.Tests.Support;

/// <summary>A message <c>M</c> as a user declares it, generated, compiled, written and read.</summary>
internal sealed class UserMessage
{
    private UserMessage(Type harness)
    {
        Write = harness.GetMethod("Write")!.CreateDelegate<Func<byte[]>>();
        Again = harness.GetMethod("Again")!.CreateDelegate<Func<byte[], byte[]?>>();
    }

    /// <summary>Writes the body of the value that the message was loaded with.</summary>
    public Func<byte[]> Write { get; }

    /// <summary>Reads a body, and writes what was read; null where it is refused.</summary>
    public Func<byte[], byte[]?> Again { get; }

    public static UserMessage Load(string declaration, string value, string helpers = "") => new(UserProject.Generate($$"""
        #nullable enable
        using System;
        using System.Buffers;
        using QContinuum;

        {{declaration}}

        public static class Harness
        {
            public static byte[] Write() => Body({{value}});

            public static byte[]? Again(byte[] body)
            {
                bool isRead = MessageCodec.TryRead(body.AsSpan(), out M message);
                bool isReadFromMemory = MessageCodec.TryRead(body.AsMemory(), out M _);
                return isRead != isReadFromMemory ? throw new InvalidOperationException("span and memory differ") : isRead ? Body(in message) : null;
            }

            private static byte[] Body<T>(scoped in T message) where T : IMessage<T>, allows ref struct
            {
                var body = new ArrayBufferWriter<byte>();
                MessageCodec.WriteBody(in message, body);
                byte[] frame = new byte[T.SizeOf(in message)];
                T.WriteFrame(in message, frame, 0);
                return body.WrittenSpan.SequenceEqual(frame.AsSpan(8)) ? frame[8..] : throw new InvalidOperationException("frame and body differ");
            }

            {{helpers}}
        }
        """).Load("Harness"));
}
