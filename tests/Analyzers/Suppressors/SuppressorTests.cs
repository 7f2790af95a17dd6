using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using QContinuum.Analyzers.Suppressors;
using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Suppressors;

/// <summary>
/// Each comment says what the line gets: <c>// CA1822</c> is reported; <c>// QCTS0002</c> is a CA1822 that was found and silenced. What is
/// neither found nor silenced fails as well, so that no test passes because an analyzer of the SDK stopped looking.
/// </summary>
public partial class SuppressorTests
{
    private static readonly Dictionary<string, string> Suppressed = new SuppressionDescriptor[]
    {
        MessageFieldSuppressor.VisibleField,
        HandlerSuppressor.CouldBeStatic,
        HandlerSuppressor.MissingConfigureAwait,
        HandlerSuppressor.UncheckedArgument,
        HandlerSuppressor.UnusedParameter,
    }.ToDictionary(static suppression => suppression.SuppressedDiagnosticId, static suppression => suppression.Id);

    [Fact]
    public Task The_fields_of_a_message_are_its_layout() => Gets(
        """
        namespace Game
        {
            using QContinuum;

            [Message(1)]
            public readonly partial struct Move
            {
                public readonly int Entity; // QCTS0001
                public readonly float X; // QCTS0001
            }

            [Message(2)]
            public readonly ref partial struct Blob
            {
                public readonly uint Crc; // QCTS0001
                [Tail] public readonly ReadOnlySpan<byte> Data; // QCTS0001
            }

            public struct Elsewhere
            {
                public int Number; // CA1051
            }
        }
        """);

    [Fact]
    public Task A_handler_is_called_on_the_instance_with_what_its_attribute_says() => Gets(
        """
        namespace Game
        {
            using QContinuum;

            [Message(1)]
            public readonly partial record struct Move(int Entity);

            [Processor]
            public sealed partial class Lobby
            {
                [Opened]
                public void Joined(Peer peer) // QCTS0002
                {
                    peer.State = peer.Id; // QCTS0004
                }

                [Handles]
                private void On(Peer peer, Move move) // QCTS0002 QCTS0005 QCTS0005
                {
                }

                [Closed]
                private void Left(Peer peer, CloseReason reason) // QCTS0002 QCTS0005 QCTS0005
                {
                }

                [Unhandled]
                private void Other(Peer peer, in MessageHeader header, ReadOnlySpan<byte> body) // QCTS0002 QCTS0005 QCTS0005 QCTS0005
                {
                }

                private void Unused(Peer peer) // CA1822 IDE0060
                {
                }

                public void Greet(Peer peer) // CA1822
                {
                    peer.State = null; // CA1062
                }
            }
        }
        """);

    [Fact]
    public Task An_asynchronous_handler_comes_back_to_its_lane() => Gets(
        """
        namespace Game
        {
            using QContinuum;

            [Processor]
            public sealed partial class Lobby
            {
                private int _left;

                [Closed]
                private async ValueTask Left(Peer peer, CloseReason reason) // QCTS0005 QCTS0005
                {
                    await Task.Delay(1); // QCTS0003
                    await Task.Run(async () => await Task.Delay(1)); // QCTS0003 CA2007
                    await Save(); // QCTS0003
                    _left++;

                    static async Task Save()
                    {
                        await Task.Delay(1); // CA2007
                    }
                }

                private async Task SaveAsync()
                {
                    await Task.Delay(1); // CA2007
                    _left++;
                }
            }
        }
        """);

    [Fact]
    public Task A_method_with_the_attribute_of_a_handler_is_none_outside_a_processor() => Gets(
        """
        namespace Game
        {
            using QContinuum;

            public sealed class Elsewhere
            {
                [Opened]
                private async ValueTask Joined(Peer peer) // CA1822 IDE0060
                {
                    await Task.Delay(1); // CA2007
                }
            }
        }
        """);

    private static async Task Gets(string source)
    {
        IReadOnlyList<Finding> findings = await SdkCompiler.CompileAsync(source);
        IEnumerable<string> actual = findings
            .Where(static finding => Suppressed.ContainsKey(finding.Id))
            .Select(static finding => $"{finding.Line}: {finding.Suppressor ?? finding.Id}");
        Assert.Equal(Expected(source).Order(), actual.Order());
    }

    private static IEnumerable<string> Expected(string source) => source.Split('\n')
        .SelectMany(static (line, index) => Mark().Matches(line.Split("//").ElementAtOrDefault(1) ?? "").Select(mark => $"{index + 1}: {mark.Value}"));

    [GeneratedRegex(@"\w+\d{4}")]
    private static partial Regex Mark();
}
