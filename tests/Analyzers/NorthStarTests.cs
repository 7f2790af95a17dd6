using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests;

/// <summary>Good declarations get no diagnostics: not from the toolkit, not from the compiler, not from the SDK at its strictest.</summary>
public class NorthStarTests
{
    private const string Declarations =
        """
        using MessagePack;
        using QContinuum;

        namespace Game.Wire
        {
            [Message(1)]
            public readonly partial record struct Move(int Entity, float X, float Y);

            [Message(2)]
            public readonly ref partial struct Blob
            {
                public readonly uint Crc;
                [Tail] public readonly ReadOnlySpan<byte> Data;
            }

            [Message(3), MessagePackObject]
            public sealed partial class Chat
            {
                [Key(0)] public string Text { get; init; } = "";
            }

            [Message(4)]
            internal partial struct Turn
            {
                public int Entity;
                public DayOfWeek Day;
                public bool Left;
            }

            public sealed class Player(Peer peer)
            {
                public Peer Peer { get; } = peer;
            }

            [Processor]
            public sealed partial class Lobby
            {
                [Opened]
                private Player Joined(Peer peer) => new(peer);

                [Handles]
                private void On(Peer peer, in Move move) => peer.Send(move);

                [Handles]
                private void On(Peer peer, Player player, Blob blob)
                {
                }

                [Handles]
                private async ValueTask On(Peer peer, Chat chat) => await peer.SendAsync(chat);

                [Handles]
                private void On(Peer peer, Turn turn)
                {
                }

                [Unhandled]
                private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body)
                {
                }

                [Closed]
                private void Left(Peer peer, CloseReason reason)
                {
                }
            }

            [Header(ByteOrder.BigEndian, MaxFrame = 260)]
            public readonly partial record struct ModbusHeader(
                [Correlation] ushort Transaction,
                [Constant(0)] ushort Protocol,
                [Length(CountsFrom = 6)] ushort Length,
                [Copied] byte Unit,
                [MessageId(Mask = 0x7F), Fault(Mask = 0x80)] byte Function);

            [Message<ModbusHeader>(3, Reply = typeof(Registers))]
            public readonly partial record struct ReadRegisters(ushort Address, ushort Count);

            [Message<ModbusHeader>(3, IsReply = true)]
            public readonly ref partial struct Registers
            {
                public readonly byte Bytes;
                [Tail] public readonly ReadOnlySpan<byte> Data;
            }

            [Message<ModbusHeader>(1, Reply = typeof(Coil))]
            public readonly partial record struct ReadCoil(ushort Address);

            [Message<ModbusHeader>(1, IsReply = true)]
            public readonly partial record struct Coil(bool IsOn);

            [Processor<ModbusHeader>(Threading.Inline)]
            public sealed partial class Device
            {
                [Handles]
                private void On(Peer peer, in ModbusHeader header, in ReadRegisters request)
                    => peer.Reply(header, new Registers(2, [0, 1]));

                [Handles]
                private Coil On(Peer peer, in ReadCoil request) => new(true);
            }

            public static class Client
            {
                public static async Task<int> ReadAsync(Peer peer, System.Threading.CancellationToken cancellation)
                {
                    ArgumentNullException.ThrowIfNull(peer);
                    using Owned<Registers> reply = await peer.RequestAsync(new ReadRegisters(10, 4), cancellation).ConfigureAwait(false);
                    peer.Send(new ModbusHeader(unit: 9), new ReadRegisters(10, 4));
                    return reply.Value.Data.Length;
                }
            }

            [Processor(Threading.Inline)]
            public sealed partial class Bot
            {
                [Handles]
                public void On(Peer peer, Move.Reader move) => peer.State = move.Entity;
            }
        }
        """;

    [Fact]
    public Task The_message_rules_have_nothing_to_say() => Rule<MessageDeclarationAnalyzer>.Reports(Declarations);

    [Fact]
    public Task The_header_rules_have_nothing_to_say() => Rule<HeaderDeclarationAnalyzer>.Reports(Declarations);

    [Fact]
    public Task Every_handler_belongs_to_a_processor() => Rule<HandlerOutsideProcessorAnalyzer>.Reports(Declarations);

    [Fact]
    public Task The_processor_rules_have_nothing_to_say() => Rule<ProcessorDeclarationAnalyzer>.Reports(Declarations);

    [Fact]
    public Task The_ids_differ() => Rule<DuplicateMessageIdAnalyzer>.Reports(Declarations);

    [Fact]
    public Task The_handlers_stay_on_their_lane() => Rule<ConfigureAwaitAnalyzer>.Reports(Declarations);

    [Fact]
    public async Task The_compiler_of_the_SDK_has_nothing_to_say_at_its_strictest()
    {
        IReadOnlyList<Finding> findings = await SdkCompiler.CompileAsync(Declarations);
        Assert.DoesNotContain(findings, static finding => finding.Suppressor is null);
        Assert.NotEmpty(findings);
    }
}
