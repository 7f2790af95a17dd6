using QContinuum;

namespace Dns.Messages;

/// <summary>A response without any record: its header, with the response code that the sender chooses, says it all.</summary>
[Message<DnsHeader>(IsFault = true)]
public readonly partial record struct Refusal;
