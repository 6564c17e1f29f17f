#include "app/window/gl_textures.hpp"
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>

namespace adal::window {

std::uint64_t GlTextures::make(int w, int h, int channels, const std::uint8_t* bytes)
{
    GLuint texture{};
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    if (channels == 1) { // white, with this alpha
        const GLint swizzle[4] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
        glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, static_cast<const GLint*>(swizzle));
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, w, h, 0, GL_RED, GL_UNSIGNED_BYTE, bytes);
    } else {
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, w, h, 0, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
    }
    return texture;
}

void GlTextures::change(std::uint64_t texture, const Spot& part, const std::uint8_t* first, int row_pixels)
{
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture));
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, row_pixels);
    glTexSubImage2D(GL_TEXTURE_2D, 0, part.x, part.y, part.w, part.h, GL_RED, GL_UNSIGNED_BYTE, first);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

void GlTextures::drop(std::uint64_t texture)
{
    const auto name = static_cast<GLuint>(texture);
    glDeleteTextures(1, &name);
}

Image read_back(int w, int h)
{
    Image upside{w, h, 3, {}};
    const auto row = static_cast<std::size_t>(w) * 3;
    upside.bytes.resize(row * static_cast<std::size_t>(h));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, w, h, GL_RGB, GL_UNSIGNED_BYTE, upside.bytes.data());
    Image image{w, h, 3, {}};
    image.bytes.reserve(upside.bytes.size());
    for (int y = h - 1; y >= 0; --y) image.bytes.insert(image.bytes.end(), upside.at(0, y), upside.at(0, y) + row);
    return image;
}

} // namespace adal::window
