using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Snapshots;

public sealed class Message_files
{
    [Fact]
    public void Fixed_layout() => Match("""
        [Message(1)]
        public readonly partial record struct Move(int Entity, float X, bool Jumps, Game.Stance Stance);

        public enum Stance : byte { Up, Down }
        """);

    [Fact]
    public void Fixed_layout_of_fields() => Match("""
        [Message(-2)]
        public partial struct Corner
        {
            private readonly ushort _left;
            internal long @class;
            public required double Height { get; init; }

            public readonly int Area => (int)(_left * Height);
        }
        """);

    [Fact]
    public void Empty_body() => Match("""
        [Message(3)]
        public readonly partial record struct Ping;
        """);

    [Fact]
    public void View() => Match("""
        [Message(4)]
        public readonly ref partial struct Blob
        {
            public readonly uint Crc;

            [Tail]
            public readonly ReadOnlySpan<byte> Data;
        }
        """);

    [Fact]
    public void View_of_a_tail_alone() => Match("""
        [Message(5)]
        public readonly ref partial struct Raw
        {
            [Tail]
            public ReadOnlySpan<byte> Data { get; }
        }
        """);

    [Fact]
    public void MessagePack_class() => Match("""
        [Message(6), MessagePackObject]
        public sealed partial class Chat
        {
            [Key(0)]
            public string Text { get; init; } = "";
        }
        """);

    [Fact]
    public void MessagePack_struct_in_a_type() => Match("""
        public static partial class Outer
        {
            [Message(7), MessagePackObject]
            public partial record struct Score
            {
                [Key(0)]
                public int Points { get; set; }
            }
        }
        """);

    [Fact]
    public void Stub_of_a_fixed_layout() => Match("""
        [Message(8)]
        public partial struct Person
        {
            public int Age;
            public string Name;
        }
        """);

    [Fact]
    public void Stub_of_a_class() => Match("""
        [Message(9)]
        public partial class Person;
        """);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
        => Snapshot.Match(Generate(source), "Message", method: method);

    private static Generated Generate(string source) => UserProject.Generate($"""
        using System;
        using MessagePack;
        using QContinuum;

        namespace Game;

        {source}
        """);
}
