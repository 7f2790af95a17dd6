// The same echo on netty, on one event loop: frames are parsed by hand, buffers are pooled, and answers are flushed once for each read.
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

public final class EchoServer {
    private static final int HEADER_BYTES = 8;
    private static final int LONGEST_BODY = 1024 * 1024;
    private static final int READ_BYTES = 64 * 1024;
    private static final int BACKLOG = 4096;

    /** Answers all whole messages of a read from one buffer: each is parsed and copied, as the others do, and what is left of an unfinished one is kept. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        private ByteBuf rest;

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            ByteBuf in = (ByteBuf) read;
            if (rest != null) {
                rest.writeBytes(in);
                in.release();
                in = rest;
                rest = null;
            }

            ByteBuf out = context.alloc().directBuffer(in.readableBytes());
            while (in.readableBytes() >= HEADER_BYTES) {
                int body = in.getIntLE(in.readerIndex());
                if (body < 0 || body > LONGEST_BODY) {
                    context.close();
                    break;
                }

                int frame = HEADER_BYTES + body;
                if (in.readableBytes() < frame) {
                    break;
                }

                out.writeBytes(in, frame);
            }

            if (in.isReadable()) {
                rest = context.alloc().directBuffer(in.readableBytes() + READ_BYTES).writeBytes(in);
            }

            in.release();
            context.writeAndFlush(out, context.voidPromise());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (rest != null) {
                rest.release();
                rest = null;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Channel listener = new ServerBootstrap()
            .group(new NioEventLoopGroup(1))
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Echo());
                }
            })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
        System.out.println("listening on 127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
        listener.closeFuture().sync();
    }
}
