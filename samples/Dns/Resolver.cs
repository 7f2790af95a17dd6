using Dns.Messages;
using QContinuum;

namespace Dns;

/// <summary>Answers for every name: its address is 192.0.2.1, and nothing else is known of it. Inline: it has no state.</summary>
[Processor<DnsHeader>(Threading.Inline)]
public sealed partial class Resolver
{
    private const uint DocumentationAddress = 0xC0000201; // 192.0.2.1, which RFC 5737 keeps for examples
    private const uint TimeToLiveSeconds = 60;

    [Handles]
    private static void On(Peer peer, in DnsHeader header, Query query)
    {
        if (header.Questions != 1)
        {
            Refuse(peer, in header, ResponseCode.FormatError);
        }
        else if (query is { Type: RecordType.A, Class: RecordClass.Internet })
        {
            DnsHeader response = Response(in header) with { Questions = 1, Answers = 1 };
            peer.Send(in response, new AddressAnswer(query.Name, query.Type, query.Class, TimeToLiveSeconds, DocumentationAddress));
        }
        else
        {
            // A response that has no answer is its query, flagged as a response.
            DnsHeader response = Response(in header) with { Questions = 1 };
            peer.Send(in response, new Query(query.Name, query.Type, query.Class, []));
        }
    }

    [Unhandled]
    private static void Other(Peer peer, in DnsHeader header, ReadOnlySpan<byte> body)
    {
        // Two servers that answered each other's responses would never end.
        if (!header.IsResponse)
        {
            Refuse(peer, in header, ResponseCode.NotImplemented);
        }
    }

    private static void Refuse(Peer peer, in DnsHeader header, ResponseCode code)
    {
        DnsHeader response = Response(in header) with { IsAuthoritative = false, ResponseCode = code };
        peer.Send(in response, new Refusal());
    }

    private static DnsHeader Response(in DnsHeader query)
        => new DnsHeader(isAuthoritative: true, recursionDesired: query.RecursionDesired) with
        {
            Id = query.Id,
            Opcode = query.Opcode,
            IsResponse = true,
        };
}
