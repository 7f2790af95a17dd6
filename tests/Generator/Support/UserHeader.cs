namespace QContinuum.Generator.Tests.Support;

/// <summary>A header <c>H</c> as a user declares it, generated, compiled and called by what its contract has.</summary>
internal sealed class UserHeader
{
    private readonly Type _harness;

    private UserHeader(Type harness) => _harness = harness;

    /// <summary>Compiles a declaration.</summary>
    /// <param name="declaration">The declaration of <c>H</c>, and whatever it needs.</param>
    /// <param name="chosen">What a sender makes <c>H</c> with: an expression.</param>
    public static UserHeader Load(string declaration, string chosen = "default(H)") => new(UserProject.Generate($$"""
        using System;
        using QContinuum;
        using QContinuum.Protocol;

        {{declaration}}

        public static class Harness
        {
            public static byte[] Write(long id, ulong correlation, int role, byte[] body) => Frame(Framing.Create<H>(id, correlation, (MessageRole)role), body);

            public static byte[] Send(long id, int role, byte[] body) { H chosen = {{chosen}}; return Frame(Framing.Adopt(in chosen, id, (MessageRole)role), body); }

            public static byte[] Reply(byte[] request, int role, byte[] body)
            {
                if (Framing.TryReadFrame(request, int.MaxValue, out H header, out _) != FrameStatus.Complete) { throw new InvalidOperationException("no frame"); }
                return Frame(Framing.ReplyTo(in header, (MessageRole)role), body);
            }

            public static (string, int, int, long, ulong, int, string) Read(byte[] bytes, int maxBody)
            {
                FrameStatus status = Framing.TryReadFrame(bytes, maxBody, out H header, out FrameExtent extent);
                return (status.ToString(), extent.Length, extent.BodyLength, Framing.IdOf(in header), Framing.CorrelationOf(in header), (int)Framing.RoleOf(in header),
                    FormattableString.Invariant($"{header}"));
            }

            private static byte[] Frame(H header, byte[] body)
            {
                byte[] frame = new byte[Framing.SizeOf<H>(body.Length)];
                body.CopyTo(Framing.Begin(frame, in header, body.Length));
                Framing.End<H>(frame);
                return frame;
            }
        }
        """).Load("Harness"));

    public byte[] Write(long id, ulong correlation = 0, int role = 0, params byte[] body) => Call<Func<long, ulong, int, byte[], byte[]>>("Write")(id, correlation, role, body);

    public byte[] Send(long id, int role = 0, params byte[] body) => Call<Func<long, int, byte[], byte[]>>("Send")(id, role, body);

    public byte[] Reply(byte[] request, int role = 0, params byte[] body) => Call<Func<byte[], int, byte[], byte[]>>("Reply")(request, role, body);

    public (string Status, int Length, int Body, long Id, ulong Correlation, int Role, string Header) Read(byte[] bytes, int maxBody = int.MaxValue)
        => Call<Func<byte[], int, (string, int, int, long, ulong, int, string)>>("Read")(bytes, maxBody);

    private T Call<T>(string name)
        where T : Delegate
        => _harness.GetMethod(name)!.CreateDelegate<T>();
}
