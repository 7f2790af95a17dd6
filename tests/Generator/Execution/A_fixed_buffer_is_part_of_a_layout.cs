using QContinuum.Generator.Tests.Support;
using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>In a project that allows unsafe code; in every other one the compiler refuses the declaration itself.</summary>
public sealed class A_fixed_buffer_is_part_of_a_layout
{
    [Theory]
    [InlineData("", "01 0200 0300 0400 00000000 05 0600 0708")]
    [InlineData(", BigEndian", "01 0002 0003 0004 00000000 05 0006 0708")]
    public void Of_its_declared_length(string order, string body)
    {
        Type harness = UserProject.Generate(UserProject.Compile($$"""
            using System;
            using System.Buffers;
            using QContinuum;

            [WireStruct] public unsafe partial struct S { public short X; public fixed byte Y[2]; }

            [Message(1){{order}}]
            public unsafe partial struct M
            {
                public byte A;
                public fixed short B[3];
                [Reserved] public fixed int C[1];
                public byte D;
                public S E;
            }

            public static class Harness
            {
                public static unsafe byte[] Body()
                {
                    var m = new M(1, [2, 3, 4], 5, new S(6, [7, 8]));
                    m.C[0] = 9;
                    var body = new ArrayBufferWriter<byte>();
                    MessageCodec.WriteBody(in m, body);
                    return body.WrittenSpan.ToArray();
                }

                public static unsafe string Read(byte[] body)
                {
                    if (!MessageCodec.TryRead(body, out M m)) { return ""; }
                    var reader = new M.Reader(body);
                    M again = reader.ToMessage();
                    return $"{m.A} {m.B[0]} {m.B[1]} {m.B[2]} {m.D} {m.E.X} {m.E.Y[0]} {m.E.Y[1]} {reader.A} {reader.B[0]} {reader.B[2]} {reader.B.Length} {reader.D} {again.B[1]}";
                }

                public static bool Refuses() { try { _ = new M(1, [2, 3, 4, 5], 6, default); return false; } catch (ArgumentException) { return true; } }
            }
            """).AllowUnsafe()).Load("Harness");
        var read = harness.GetMethod("Read")!.CreateDelegate<Func<byte[], string>>();

        Assert.Equal(Bytes(body), harness.GetMethod("Body")!.CreateDelegate<Func<byte[]>>()());
        Assert.Equal("1 2 3 4 5 6 7 8 1 2 4 3 5 3", read(Bytes(body)));
        for (int length = 0; length < Bytes(body).Length; length++)
        {
            Assert.Equal("", read(Bytes(body)[..length]));
        }

        Assert.True(harness.GetMethod("Refuses")!.CreateDelegate<Func<bool>>()());
    }
}
