using System.Net;

namespace QContinuum.Simulation.Tests.World;

/// <summary>A thread of the application, which is nobody's lane: it sends, tells groups, posts, redirects and closes whenever it likes.</summary>
internal sealed class Stranger(Random random, Journal journal, Group group, ObedientProcessor[] processors, int mostActs, bool isKind, bool isGreedy, int longest, Action<string> trace) : IActor
{
    /// <summary>What it tells has this source.</summary>
    internal const int Source = 0;

    private int _left = random.Next(mostActs + 1);
    private int _told;

    public bool CanAct => _left > 0 && journal.Peers.Count > 0;

    public void Act()
    {
        _left--;
        Peer peer = journal.Peers[random.Next(journal.Peers.Count)];
        Story story = journal.Of(((IPEndPoint)peer.RemoteEndPoint).Port);
        switch (isGreedy && random.Next(4) > 0 ? int.MaxValue : random.Next(isKind ? 7 : 24))
        {
            case 0:
                group.Add(peer);
                break;
            case 1:
                group.Remove(peer);
                break;
            case 2 or 3:
                Tell(group, Source, _told++, random.Next(longest), journal);
                break;
            case 4:
                // One that belongs to a loop has none before it has a peer.
                Post(processors[processors[1].Threading == Threading.PerLoop ? 0 : random.Next(2)]);
                break;
            case 5 when !isKind && peer.Reason == CloseReason.None:
                trace($"somebody redirects {peer.RemoteEndPoint}");
                story.WasMovedElsewhere = true;
                peer.Redirect(processors[random.Next(processors.Length)]);
                break;
            case 7 when !isKind:
                trace($"somebody closes {peer.RemoteEndPoint}");
                if (random.Next(2) == 0)
                {
                    story.WasClosedElsewhere |= peer.Reason == CloseReason.None;
                    peer.Close();
                }
                else
                {
                    // Also of what is written when it closes already.
                    story.WasClosedElsewhere = true;
                    peer.Abort();
                }

                break;
            default:
                Send(peer, story);
                break;
        }
    }

    /// <summary>Tells all members; whom it is queued for is known where it is queued for all.</summary>
    internal static void Tell(Group group, int source, int number, int padding, Journal journal)
    {
        IReadOnlyList<Peer> members = group.Members;
        if (group.Send(new News(source, number, new byte[padding])) == members.Count)
        {
            foreach (Peer member in members)
            {
                journal.Of(((IPEndPoint)member.RemoteEndPoint).Port).News.Add((source, number));
            }
        }
    }

    private void Send(Peer peer, Story story)
    {
        int number = _told++;
        if (peer.Send(new News(Source, number, new byte[random.Next(longest)])) <= SendResult.Congested)
        {
            story.News.Add((Source, number));
        }
    }

    private void Post(ObedientProcessor processor)
    {
        int number = journal.Posted(processor.Name);
        processor.Post(() =>
        {
            journal.Ran(processor.Name, number);
            if (number % 5 == 4 && processor == processors[0])
            {
                throw new InvalidOperationException("It was posted to throw.");
            }
        });
    }
}
