using QContinuum.Generator.Tests.Support;
using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

/// <summary>Wire structs, inline arrays and headers of a referenced assembly are met as metadata: without syntax, and without what is private.</summary>
public sealed class A_wire_struct_of_another_assembly_is_the_same
{
    private const string Library = """
        using System;
        using System.Runtime.CompilerServices;
        using QContinuum;

        namespace Library;

        [WireStruct] public readonly partial record struct Positional([Bits(4)] byte A, [Bits(12)] ushort B, [Constant(7)] byte C, short D);
        [WireStruct] public partial struct Fields { private short _x; public UInt24 Y { get; set; } [Bits(8)] private ushort Z { get; set; } public Positional P; public short X { get => _x; set => _x = value; } }
        [InlineArray(2)] public struct Two { private Positional _first; }
        [InlineArray(2)] public struct Numbers { private short _first; }
        [Header(ByteOrder.BigEndian)] public readonly partial record struct H([MessageId] byte Kind, [Length] ushort Length, [Bits(4)] byte N, [Bits(4)] byte O);
        """;

    [Fact]
    public void As_one_of_its_own()
    {
        const string Source = """
            using System;
            using QContinuum;
            using Library;

            [Message<H>(1)] public partial record struct M(Positional A, Fields B, Two C, Numbers D);
            [Message<H>(2)] public readonly ref partial struct V { [SizedBy("N")] public readonly ReadOnlySpan<byte> A; }

            public static class Harness
            {
                public static byte[] M() => Frame(new M(new(1, 2, 3), new(4, (UInt24)5, 6, new(7, 8, 9)), default, default));

                public static byte[] V() => Frame(new V(new byte[] { 1, 2 }));

                private static byte[] Frame<T>(scoped in T message) where T : IMessage<T>, allows ref struct
                {
                    byte[] frame = new byte[T.SizeOf(in message)];
                    T.WriteFrame(in message, frame, 0);
                    return MessageCodec.TryReadFrame(frame, out T _) ? frame : [];
                }
            }
            """;
        const string M = "01 001E 00 1002 07 0003 0004 000005 06 7008 07 0009 0000 07 0000 0000 07 0000 0000 0000";
        const string V = "02 0002 20 0102";
        Generated library = UserProject.Generate(UserProject.Compile(Library).WithAssemblyName("Library"));
        Type apart = UserProject.Generate(UserProject.Compile(Source).AddReferences(library.Clean().Image())).Clean().LoadWith(library, "Harness");
        Type together = UserProject.Generate(Library, Source).Load("Harness");

        foreach (Type harness in new[] { apart, together })
        {
            Assert.Equal(Bytes(M), harness.GetMethod("M")!.CreateDelegate<Func<byte[]>>()());
            Assert.Equal(Bytes(V), harness.GetMethod("V")!.CreateDelegate<Func<byte[]>>()());
        }
    }
}
